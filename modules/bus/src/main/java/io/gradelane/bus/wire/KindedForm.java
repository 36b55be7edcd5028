package io.gradelane.bus.wire;

import org.jspecify.annotations.Nullable;

/** A record of a sealed type: which one, then its fields. */
record KindedForm(Class<?> root) implements Form {

  @Override
  public void write(WireOutput out, int tag, Object value) {
    out.header(tag, WireType.KINDED);
    out.varint(Kinds.number(value.getClass()));
    Forms.record(value.getClass()).writeFields(out, value);
  }

  @Override
  public boolean reads(int type) {
    return type == WireType.KINDED;
  }

  @Override
  public @Nullable Object read(WireInput in, int type) {
    Class<?> kind = Kinds.type(in.varint());
    if (kind == null || !root.isAssignableFrom(kind)) {
      in.skipFields();
      return null;
    }
    return Forms.record(kind).readFields(in);
  }

  @Override
  public @Nullable Object missing() {
    return null;
  }
}
