package io.gradelane.jobe.wire;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON value that keeps what Jobe's clients can see: the order of keys and the digits of numbers. */
public sealed interface Json {

  /** @param members in the order in which their keys first came; the last value of a repeated key */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(members);
    }

    public @Nullable Json get(String key) {
      return members.get(key);
    }
  }

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = Collections.unmodifiableList(items);
    }
  }

  /** One that was read keeps its bytes: they are decoded only if somebody asks, and sent on as they are. */
  final class Str implements Json {

    private final @Nullable StringLiteral written;
    private @Nullable String value;

    public Str(String value) {
      this.written = null;
      this.value = value;
    }

    Str(StringLiteral written) {
      this.written = written;
    }

    public String value() {
      String known = value;
      if (known == null) {
        known = Objects.requireNonNull(written).decode();
        value = known;
      }
      return known;
    }

    /** As it was read; null if it was not. */
    @Nullable
    StringLiteral written() {
      return written;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Str text && value().equals(text.value());
    }

    @Override
    public int hashCode() {
      return value().hashCode();
    }

    @Override
    public String toString() {
      return "Str[value=" + value() + "]";
    }
  }

  /** @param literal as it was written */
  record Num(String literal) implements Json {
    public static Num of(long value) {
      return new Num(Long.toString(value));
    }
  }

  record Bool(boolean value) implements Json {}

  enum Null implements Json {
    NULL
  }
}
