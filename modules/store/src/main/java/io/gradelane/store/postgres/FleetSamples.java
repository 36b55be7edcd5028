package io.gradelane.store.postgres;

import io.gradelane.core.fleet.Census;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.QueuedBatch;
import io.gradelane.core.fleet.ScaleDecision;
import io.gradelane.core.fleet.Wish;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Samples as JSON. What a later version adds is ignored by this one. */
final class FleetSamples {

  private FleetSamples() {}

  static JsonObject write(FleetSample sample) {
    ScaleDecision decision = sample.decision();
    JsonObject json = new JsonObject()
        .put("at", decision.at().toString())
        .put("wishes", array(decision.wishes(), FleetSamples::write))
        .put("slots", decision.slots())
        .put("raw", decision.raw())
        .put("held", decision.held())
        .put("heldFrom", decision.heldFrom().toString())
        .put("mayShrink", decision.mayShrink())
        .put("target", decision.target())
        .put("words", Texts.storable(decision.why()))
        .put("why", Texts.storable(sample.why()))
        .put("hosts", new JsonObject(new HashMap<>(sample.census().counts())))
        .put("oldest", write(sample.census().oldest()))
        .put("launches", sample.launches())
        .put("terminations", sample.terminations())
        .put("errors", sample.errors());
    decision.load().ifPresent(load -> json.put("load", write(load)));
    return json;
  }

  static FleetSample read(JsonObject json) {
    ScaleDecision decision = new ScaleDecision(
        instant(json, "at"),
        Optional.ofNullable(json.getJsonObject("load")).map(FleetSamples::load),
        list(json.getJsonArray("wishes"), FleetSamples::wish),
        json.getInteger("slots"),
        json.getInteger("raw"),
        json.getInteger("held"),
        instant(json, "heldFrom"),
        json.getBoolean("mayShrink"),
        json.getInteger("target"),
        json.getString("words"));
    return new FleetSample(
        decision,
        json.getString("why"),
        census(json),
        json.getInteger("launches"),
        json.getInteger("terminations"),
        json.getInteger("errors"));
  }

  private static JsonObject write(Wish wish) {
    return new JsonObject()
        .put("rule", wish.rule())
        .put("slots", wish.slots())
        .put("knows", wish.knows())
        .put("words", Texts.storable(wish.words()));
  }

  private static Wish wish(JsonObject json) {
    return new Wish(
        json.getString("rule"),
        json.getInteger("slots"),
        json.getBoolean("knows"),
        json.getString("words"));
  }

  private static JsonObject write(Load load) {
    return new JsonObject()
        .put("busy", load.busy())
        .put("waiting", load.waiting())
        .put("oldestWaitMs", load.oldestWait().toMillis())
        .put("batches", array(load.batches(), FleetSamples::write));
  }

  private static Load load(JsonObject json) {
    return new Load(
        json.getInteger("busy"),
        json.getInteger("waiting"),
        Duration.ofMillis(json.getLong("oldestWaitMs")),
        list(json.getJsonArray("batches"), FleetSamples::batch));
  }

  private static JsonObject write(QueuedBatch batch) {
    return new JsonObject()
        .put("id", Texts.storable(batch.id()))
        .put("costMs", batch.cost().toMillis())
        .put("notBefore", batch.notBefore().toString());
  }

  private static QueuedBatch batch(JsonObject json) {
    return new QueuedBatch(
        json.getString("id"),
        Duration.ofMillis(json.getLong("costMs")),
        instant(json, "notBefore"));
  }

  private static JsonObject write(Map<String, Instant> moments) {
    JsonObject json = new JsonObject();
    moments.forEach((state, at) -> json.put(state, at.toString()));
    return json;
  }

  private static Census census(JsonObject json) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Instant> oldest = new HashMap<>();
    JsonObject hosts = json.getJsonObject("hosts");
    hosts.fieldNames().forEach(state -> counts.put(state, hosts.getInteger(state)));
    JsonObject since = json.getJsonObject("oldest");
    since.fieldNames().forEach(state -> oldest.put(state, instant(since, state)));
    return new Census(counts, oldest);
  }

  private static Instant instant(JsonObject json, String key) {
    return Instant.parse(json.getString(key));
  }

  private static <T> JsonArray array(List<T> all, Function<T, JsonObject> writer) {
    JsonArray array = new JsonArray();
    all.forEach(one -> array.add(writer.apply(one)));
    return array;
  }

  private static <T> List<T> list(JsonArray array, Function<JsonObject, T> reader) {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      all.add(reader.apply(array.getJsonObject(i)));
    }
    return all;
  }
}
