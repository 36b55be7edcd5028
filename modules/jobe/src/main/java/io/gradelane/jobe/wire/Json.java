package io.gradelane.jobe.wire;

import java.util.Collections;
import java.util.List;
import java.util.Map;
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

  record Str(String value) implements Json {}

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
