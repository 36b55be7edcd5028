package io.gradelane.api.v1;

import io.gradelane.api.operator.Kept;
import io.gradelane.store.operator.Saying.Value;
import io.gradelane.store.operator.Setting;
import io.gradelane.store.operator.SettingChange;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators have set, as JSON: of each value by whom, since when, and whether it is kept. */
final class SettingsJson {

  private SettingsJson() {}

  /**
   * Those values of a subject that are an operator's.
   *
   * @param holds of those that may be
   * @param kept empty if nobody knows
   */
  static JsonObject of(
      String subject,
      Map<String, @Nullable Object> holds,
      Map<String, @Nullable Object> configured,
      Optional<Kept> kept) {
    JsonObject json = new JsonObject();
    holds.forEach((name, value) -> {
      Optional<Setting> row = kept.flatMap(all -> all.of(subject, name));
      boolean same =
          row.filter(setting -> Json.encode(value).equals(setting.value())).isPresent();
      if (same || !Objects.equals(value, configured.get(name))) {
        json.put(
            name,
            one(value, configured.get(name), same ? row : Optional.empty())
                .put("kept", kept.isPresent() ? (Boolean) same : null));
      }
    });
    return json;
  }

  private static JsonObject one(
      @Nullable Object value, @Nullable Object configured, Optional<Setting> row) {
    return new JsonObject()
        .put("value", value)
        .put("configured", configured)
        .put("by", row.map(Setting::by).orElse(null))
        .put("since", row.map(setting -> setting.at().toString()).orElse(null));
  }

  /** What is to be kept of those names; of what does not hold any more, that it was taken back. */
  static List<Value> values(
      Set<String> names,
      Map<String, @Nullable Object> holds,
      Map<String, @Nullable Object> configured) {
    List<Value> values = new ArrayList<>();
    names.forEach(name -> values.add(new Value(
        name,
        holds.containsKey(name) ? Json.encode(holds.get(name)) : null,
        Json.encode(configured.get(name)))));
    return values;
  }

  static JsonObject change(SettingChange change) {
    return new JsonObject()
        .put("number", change.number())
        .put("subject", change.subject())
        .put("name", change.name())
        .put("from", Json.decodeValue(change.was()))
        .put("to", Json.decodeValue(change.is()))
        .put("by", change.by())
        .put("at", change.at().toString());
  }
}
