package io.gradelane.api.operator;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerWord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operator can set of a server, by the names of the interface. */
public final class ServerValues {

  private ServerValues() {}

  public static String subject(String server) {
    return "server/" + server;
  }

  /** All of them, as they are configured. */
  public static Map<String, @Nullable Object> configured(ServerSpec spec) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("drain", false);
    values.put("weight", spec.weight());
    values.put("slots", spec.slots());
    values.put("cores", spec.cores());
    return values;
  }

  /** Those of which he has said something. */
  public static Map<String, @Nullable Object> said(ServerWord word) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (word.drain()) {
      values.put("drain", true);
    }
    if (word.weight() != null) {
      values.put("weight", word.weight());
    }
    if (word.slots() != null) {
      values.put("slots", word.slots());
      values.put("cores", word.cores());
    }
    return values;
  }

  /** @throws ClassCastException if one is of another type */
  static ServerWord word(Map<String, @Nullable Object> said, long at) {
    Number weight = (Number) said.get("weight");
    return new ServerWord(
        at,
        Boolean.TRUE.equals(said.get("drain")),
        weight == null ? null : (Double) weight.doubleValue(),
        whole(said.get("slots")),
        whole(said.get("cores")));
  }

  private static @Nullable Integer whole(@Nullable Object value) {
    return value == null ? null : (Integer) ((Number) value).intValue();
  }
}
