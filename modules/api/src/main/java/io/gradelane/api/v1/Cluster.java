package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.Rendezvous;
import io.gradelane.cluster.ServerMap;
import io.gradelane.settings.Fingerprint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code /api/v1/cluster}: which nodes there are, in what they differ, and who does what. */
final class Cluster {

  private static final PoolAnswer.Owned NOBODY = new PoolAnswer.Owned("", 0, false);

  private final Members members;
  private final ServerMap servers;
  private final Dispatch dispatch;
  private final String pool;

  Cluster(Members members, ServerMap servers, Dispatch dispatch, String pool) {
    this.members = members;
    this.servers = servers;
    this.dispatch = dispatch;
    this.pool = pool;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/cluster", Tenant.ADMIN, this::show));
  }

  /** Answered also where nobody dispatches: then above all. */
  private void show(Call call) {
    dispatch
        .ask(new PoolQuestion.WhoOwns())
        .map(answer -> answer instanceof PoolAnswer.Owned owned ? owned : NOBODY)
        .otherwise(NOBODY)
        .onSuccess(owned -> call.answer(200, json(owned)));
  }

  private JsonObject json(PoolAnswer.Owned owned) {
    List<Member> all = members.snapshot();
    JsonArray list = new JsonArray();
    all.forEach(member -> list.add(json(member, all)));
    return new JsonObject()
        .put("node", members.self().node())
        .put("pools", new JsonArray().add(pool(owned)))
        .put("members", list)
        .put("skew", new JsonArray(skew(all)));
  }

  private JsonObject pool(PoolAnswer.Owned owned) {
    return new JsonObject()
        .put("pool", pool)
        .put("owner", owned.node().isEmpty() ? null : owned.node())
        .put("term", owned.term())
        .put("grants", owned.grants());
  }

  private JsonObject json(Member member, List<Member> all) {
    return new JsonObject()
        .put("node", member.node())
        .put("version", member.version())
        .put("wire", member.wire())
        .put("configuration", member.configuration())
        .put("internal", member.internal())
        .put("startedAt", Instant.ofEpochMilli(member.startedAt()).toString())
        .put("probes", new JsonArray(probedBy(member, all)));
  }

  private List<String> probedBy(Member member, List<Member> all) {
    return servers.snapshot().keySet().stream()
        .filter(id -> Rendezvous.choose(id, all).filter(member::equals).isPresent())
        .toList();
  }

  /** In what the others differ from the node that has been here longest, in words. */
  static List<String> skew(List<Member> all) {
    List<String> words = new ArrayList<>();
    Member first = all.getFirst();
    for (Member other : all.subList(1, all.size())) {
      if (!other.version().equals(first.version())) {
        words.add(other.node() + " runs version " + other.version() + ", " + first.node() + " runs "
            + first.version());
      }
      if (other.wire() != first.wire()) {
        words.add(other.node() + " speaks wire version " + other.wire() + ", " + first.node()
            + " speaks " + first.wire());
      }
      List<String> parts = Fingerprint.differing(other.configuration(), first.configuration());
      if (!parts.isEmpty()) {
        words.add(other.node() + " is configured unlike " + first.node() + " in "
            + String.join(", ", parts));
      }
    }
    return words;
  }
}
