package io.gradelane.api.operator;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.server.ServerWord;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again what operators have set: to the pool's owner of lanes, to this node's health of servers. Both take only what
 * they don't know later, so every node may say it, and as often as it likes.
 */
public final class Restoring {

  private static final Logger log = LoggerFactory.getLogger(Restoring.class);

  private final EventBus bus;
  private final Keeper keeper;
  private final ServerMap servers;
  private final List<LaneSpec> configured;
  private final String pool;
  private final String node;

  /** @param configured the lanes of this node's configuration */
  public Restoring(
      EventBus bus,
      Keeper keeper,
      ServerMap servers,
      List<LaneSpec> configured,
      String pool,
      String node) {
    this.bus = bus;
    this.keeper = keeper;
    this.servers = servers;
    this.configured = List.copyOf(configured);
    this.pool = pool;
    this.node = node;
  }

  /** @return whether everybody has heard it; false too while there is no database. Never fails */
  public Future<Boolean> restore() {
    return keeper
        .kept()
        .compose(found ->
            found.map(this::say).orElseGet(() -> Future.failedFuture("there is no database")))
        .map(true)
        .onFailure(failure -> log.atDebug()
            .addKeyValue("reason", failure.getMessage())
            .log("what operators have set could not be said again yet"))
        .otherwise(false);
  }

  private Future<Void> say(Kept kept) {
    List<Future<?>> said = new ArrayList<>();
    List<VersionedLane> lanes = lanes(kept);
    if (!lanes.isEmpty()) {
      said.add(bus.request(Addresses.questions(pool, node), new PoolQuestion.RestoreLanes(lanes)));
    }
    Map<String, ServerWord> words = words(kept);
    if (!words.isEmpty()) {
      said.add(bus.request(Addresses.health(pool, node), new HealthCommand.Restore(words)));
    }
    return Future.all(said).mapEmpty();
  }

  /** Of those that are configured; what does not fit any more is said and left out. */
  private List<VersionedLane> lanes(Kept kept) {
    List<VersionedLane> lanes = new ArrayList<>();
    for (LaneSpec lane : configured) {
      String subject = LaneValues.subject(lane.name());
      if (kept.version(subject) > 0) {
        lanes.add(new VersionedLane(on(lane, kept, subject), kept.version(subject)));
      }
    }
    return lanes;
  }

  private static LaneSpec on(LaneSpec lane, Kept kept, String subject) {
    try {
      return LaneValues.on(lane, kept.values(subject));
    } catch (IllegalArgumentException | ClassCastException misfit) {
      misfit(subject, misfit);
      return lane;
    }
  }

  private Map<String, ServerWord> words(Kept kept) {
    Map<String, ServerWord> words = new HashMap<>();
    for (String server : servers.snapshot().keySet()) {
      String subject = ServerValues.subject(server);
      if (kept.version(subject) > 0) {
        words.put(server, word(kept, subject));
      }
    }
    return words;
  }

  private static ServerWord word(Kept kept, String subject) {
    try {
      return ServerValues.word(kept.values(subject), kept.version(subject));
    } catch (ClassCastException misfit) {
      misfit(subject, misfit);
      return ServerWord.nothing(kept.version(subject));
    }
  }

  private static void misfit(String subject, RuntimeException misfit) {
    log.atWarn()
        .addKeyValue("subject", subject)
        .addKeyValue("reason", misfit.getMessage())
        .log("what an operator has set does not fit with what is configured now, which holds");
  }
}
