package io.gradelane.bus.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record: its components, each with its place as the tag. */
final class RecordForm implements Form {

  private final Class<?> type;
  private final List<FieldForm> fields;
  private final MethodHandle constructor;

  private RecordForm(Class<?> type, List<FieldForm> fields, MethodHandle constructor) {
    this.type = type;
    this.fields = fields;
    this.constructor = constructor;
  }

  static RecordForm of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<FieldForm> fields = Arrays.stream(components).map(FieldForm::of).toList();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var declared = type.getDeclaredConstructor(types);
      declared.setAccessible(true);
      MethodHandle constructor = MethodHandles.lookup()
          .unreflectConstructor(declared)
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
      return new RecordForm(type, fields, constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made by its own constructor", e);
    }
  }

  @Override
  public void write(WireOutput out, int tag, Object value) {
    out.header(tag, WireType.RECORD);
    writeFields(out, value);
  }

  void writeFields(WireOutput out, Object value) {
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).write(out, i + 1, value);
    }
    out.end();
  }

  @Override
  public boolean reads(int wireType) {
    return wireType == WireType.RECORD;
  }

  @Override
  public Object read(WireInput in, int wireType) {
    return readFields(in);
  }

  Object readFields(WireInput in) {
    in.enter();
    @Nullable Object[] read = new @Nullable Object[fields.size()];
    for (int header = in.small(); header != 0; header = in.small()) {
      int index = (header >>> 3) - 1;
      if (index >= 0 && index < read.length) {
        read[index] = fields.get(index).read(in, header & 7, read[index]);
      } else {
        in.skip(header & 7);
      }
    }
    in.leave();
    return make(read);
  }

  private Object make(@Nullable Object[] read) {
    for (int i = 0; i < read.length; i++) {
      read[i] = fields.get(i).complete(read[i]);
    }
    try {
      return constructor.invokeExact(read);
    } catch (RuntimeException e) {
      throw new Unreadable(type.getSimpleName() + ": " + e.getMessage());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable Object missing() {
    return null;
  }
}
