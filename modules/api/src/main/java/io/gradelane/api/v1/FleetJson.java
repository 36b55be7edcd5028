package io.gradelane.api.v1;

import io.gradelane.core.fleet.Census;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.ScaleDecision;
import io.gradelane.core.fleet.Wish;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/** The fleet as JSON. */
final class FleetJson {

  private FleetJson() {}

  static JsonArray hosts(Collection<Host> hosts) {
    JsonArray array = new JsonArray();
    hosts.forEach(host -> array.add(host(host)));
    return array;
  }

  static JsonObject host(Host host) {
    JsonObject began = new JsonObject();
    new TreeMap<>(host.began()).forEach((state, at) -> began.put(state, at.toString()));
    JsonObject json = new JsonObject()
        .put("id", host.id().value())
        .put("ref", host.ref())
        .put("address", host.address())
        .put("state", host.state().word())
        .put("since", host.state().since().toString())
        .put("reason", host.state().reason())
        .put("created", host.created().toString())
        .put("began", began)
        .put("version", host.version());
    return host.state() instanceof Draining draining
        ? json.put("drainedBy", draining.by().word())
        : json;
  }

  /** One point of a plot. */
  static JsonObject sample(FleetSample sample) {
    JsonObject json = decision(sample.decision())
        .put("launches", sample.launches())
        .put("terminations", sample.terminations())
        .put("errors", sample.errors());
    return census(json, sample.census(), sample.decision().at());
  }

  /** What led to the number of hosts, rule by rule, and all of it in words. */
  static JsonObject why(FleetSample sample) {
    return decision(sample.decision()).put("why", sample.why());
  }

  private static JsonObject decision(ScaleDecision decision) {
    JsonArray wishes = new JsonArray();
    decision.wishes().forEach(wish -> wishes.add(wish(wish)));
    JsonObject json = new JsonObject()
        .put("at", decision.at().toString())
        .put("target", decision.target())
        .put("slots", decision.slots())
        .put("raw", decision.raw())
        .put("held", decision.held())
        .put("mayShrink", decision.mayShrink())
        .put("wishes", wishes);
    return json.put("load", decision.load().map(FleetJson::load).orElse(null));
  }

  private static JsonObject wish(Wish wish) {
    return new JsonObject()
        .put("rule", wish.rule())
        .put("slots", wish.knows() ? wish.slots() : null)
        .put("words", wish.words());
  }

  private static JsonObject load(Load load) {
    return new JsonObject()
        .put("busy", load.busy())
        .put("waiting", load.waiting())
        .put("oldestWaitMs", load.oldestWait().toMillis())
        .put("batches", load.batches().size());
  }

  private static JsonObject census(JsonObject json, Census census, Instant at) {
    JsonObject hosts = new JsonObject();
    JsonObject ages = new JsonObject();
    new TreeMap<>(census.counts()).forEach((state, count) -> {
      hosts.put(state, count);
      ages.put(state, census.oldestAge(state, at).toSeconds());
    });
    return json.put("hosts", hosts).put("oldestSeconds", ages);
  }
}
