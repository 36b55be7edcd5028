package io.gradelane.bus.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which form a type has; found out once. */
final class Forms {

  private static final ClassValue<RecordForm> RECORDS = new ClassValue<>() {
    @Override
    protected RecordForm computeValue(Class<?> type) {
      return RecordForm.of(type);
    }
  };

  static RecordForm record(Class<?> type) {
    return RECORDS.get(type);
  }

  static Gathering gathering(Type type) {
    if (type instanceof ParameterizedType some) {
      Type[] of = some.getActualTypeArguments();
      if (some.getRawType() == List.class) {
        return new Gathering.Many(form(of[0]), false);
      }
      if (some.getRawType() == Set.class) {
        return new Gathering.Many(form(of[0]), true);
      }
      if (some.getRawType() == Map.class && of[0] == String.class) {
        return new Gathering.ByName(form(of[1]));
      }
    }
    return new Gathering.One(form(type));
  }

  private static Form form(Type type) {
    if (type instanceof Class<?> plain) {
      Form scalar = Scalar.of(plain);
      if (scalar != null) {
        return scalar;
      }
      if (plain.isEnum()) {
        return new EnumForm(List.of((Object[]) plain.getEnumConstants()));
      }
      if (plain.isRecord()) {
        return record(plain);
      }
      if (plain.isSealed()) {
        return new KindedForm(plain);
      }
    }
    throw new IllegalStateException(
        type + " has no form on the wire (expected: a scalar, an enum, a"
            + " record, a sealed type, or a list, a set or a map by name of those)");
  }

  private Forms() {}
}
