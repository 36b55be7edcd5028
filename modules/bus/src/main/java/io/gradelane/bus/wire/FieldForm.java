package io.gradelane.bus.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record.
 *
 * @param nullable whether null and the default are two things
 */
record FieldForm(MethodHandle accessor, Gathering gathering, boolean nullable) {

  static FieldForm of(RecordComponent component) {
    try {
      var declared = component.getAccessor();
      declared.setAccessible(true);
      MethodHandle accessor = MethodHandles.lookup()
          .unreflect(declared)
          .asType(MethodType.methodType(Object.class, Object.class));
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      return new FieldForm(accessor, Forms.gathering(component.getGenericType()), nullable);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(component + " can't be read", e);
    }
  }

  /** Writes the component of {@code owner}, unless a reader would know it without. */
  void write(WireOutput out, int tag, Object owner) {
    Object value = valueOf(owner);
    if (value != null && (nullable || !value.equals(gathering.missing()))) {
      gathering.write(out, tag, value);
    }
  }

  /** Reads one value; {@code before} is what earlier ones with the same tag have come to. */
  @Nullable
  Object read(WireInput in, int type, @Nullable Object before) {
    if (!gathering.reads(type)) {
      in.skip(type);
      return before;
    }
    return gathering.read(in, type, before);
  }

  /** What goes to the constructor. */
  @Nullable
  Object complete(@Nullable Object read) {
    if (read == null) {
      return nullable ? null : gathering.missing();
    }
    return read;
  }

  private @Nullable Object valueOf(Object owner) {
    try {
      return accessor.invokeExact(owner);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
