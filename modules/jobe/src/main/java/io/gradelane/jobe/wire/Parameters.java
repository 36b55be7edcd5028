package io.gradelane.jobe.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's {@code parameters}. A list or a scalar in their place holds none of Jobe's names, which Jobe lets pass. */
public record Parameters(Map<String, Json> values) {

  static Parameters of(@Nullable Json json) {
    return new Parameters(json instanceof Json.Obj object ? object.members() : Map.of());
  }

  /** As it was sent; null if it was not. */
  public @Nullable Json get(String key) {
    return values.get(key);
  }

  /** A numeric parameter as Jobe takes it: anything that is not numeric silently becomes the default. */
  public double number(String key, double otherwise) {
    Double value = PhpText.numeric(values.get(key));
    return value == null ? otherwise : value;
  }
}
