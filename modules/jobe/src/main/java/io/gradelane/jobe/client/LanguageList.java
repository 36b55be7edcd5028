package io.gradelane.jobe.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Jobe's answer to {@code GET languages}: {@code [["c","12.2.0"],…]}. */
final class LanguageList {

  private LanguageList() {}

  /** @throws JobeLost if it is anything else, or empty */
  static Map<String, String> read(JobeReply reply) {
    if (reply.status() != 200) {
      throw new JobeLost("status " + reply.status(), true);
    }
    Map<String, String> languages = new LinkedHashMap<>();
    try {
      for (Object pair : new JsonArray(reply.body())) {
        JsonArray each = (JsonArray) pair;
        languages.put(
            ((String) each.getValue(0)).toLowerCase(Locale.ROOT), String.valueOf(each.getValue(1)));
      }
    } catch (DecodeException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException notJobe) {
      throw new JobeLost(JobeLost.GARBAGE, true);
    }
    if (languages.isEmpty()) {
      throw new JobeLost(JobeLost.GARBAGE, true);
    }
    return Collections.unmodifiableMap(languages);
  }
}
