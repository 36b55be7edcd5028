package io.gradelane.bus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constant of an enum: its place, from 1. Constants are only ever appended. */
record EnumForm(List<Object> constants) implements Form {

  @Override
  public void write(WireOutput out, int tag, Object value) {
    out.header(tag, WireType.NUMBER);
    out.number(constants.indexOf(value) + 1L);
  }

  @Override
  public boolean reads(int type) {
    return type == WireType.NUMBER;
  }

  @Override
  public Object read(WireInput in, int type) {
    long place = in.number();
    if (place < 1 || place > constants.size()) {
      throw new Unreadable(
          "constant " + place + " of " + constants.getFirst().getClass().getSimpleName()
              + " (expected: 1 to " + constants.size() + ")");
    }
    return constants.get((int) place - 1);
  }

  @Override
  public @Nullable Object missing() {
    return null;
  }
}
