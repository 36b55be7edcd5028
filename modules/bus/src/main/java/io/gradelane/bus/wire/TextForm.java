package io.gradelane.bus.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value that stands as text. */
record TextForm(@Nullable Object missing, Function<String, Object> reader) implements Form {

  static boolean isText(int type) {
    return type == WireType.TEXT || type == WireType.TEXT_BEFORE;
  }

  @Override
  public void write(WireOutput out, int tag, Object value) {
    out.text(tag, value.toString());
  }

  @Override
  public boolean reads(int type) {
    return isText(type);
  }

  @Override
  public Object read(WireInput in, int type) {
    return reader.apply(in.text(type));
  }
}
