package io.gradelane.api.jobs;

import io.gradelane.api.ops.ApiMeters;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.job.Reuse;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.jobe.wire.RunResult;
import io.gradelane.settings.Settings;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Results.Known;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Results that are known, for batches that take them: looked up in groups, before anything is asked for. A result is known
 * under the version of its language on the server that ran it; one of any version that a server has now will do, for the
 * job could be run there. Belongs to the engine's context.
 */
public final class ResultCache {

  private static final int MOST = 100;

  private final JobDoor door;
  private final ServerMap servers;
  private final Settings.Limits limits;
  private final Counter hits;
  private final Counter misses;
  private final List<Asked> waiting = new ArrayList<>();
  private boolean underWay;

  private record Asked(List<Buffer> digests, Promise<Optional<Known>> answer) {

    Optional<Known> among(Map<Buffer, Known> known) {
      return digests.stream().map(known::get).filter(Objects::nonNull).findFirst();
    }
  }

  public ResultCache(
      JobDoor door, ServerMap servers, Settings.Limits limits, MeterRegistry registry) {
    this.door = door;
    this.servers = servers;
    this.limits = limits;
    hits = counter(registry, "hit");
    misses = counter(registry, "miss");
  }

  /** Empty if it must be run; never fails. */
  Future<Optional<Known>> find(Batch batch, Buffer body) {
    List<Buffer> digests =
        RunKey.of(batch.tenant(), limits, body).map(this::digests).orElse(List.of());
    if (digests.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Promise<Optional<Known>> answer = Promise.promise();
    waiting.add(new Asked(digests, answer));
    send();
    return answer.future();
  }

  /** Under which a result is to be remembered; null if it is not to be. */
  @Nullable
  Buffer digest(Batch batch, Buffer body, String server, RunResult result) {
    ServerEntry ran = servers.snapshot().get(server);
    if (batch.reuse() == Reuse.NEVER || ran == null || !RunKey.isSteady(result)) {
      return null;
    }
    return RunKey.of(batch.tenant(), limits, body)
        .flatMap(key -> Optional.ofNullable(ran.languages().get(key.language())).map(key::under))
        .orElse(null);
  }

  private List<Buffer> digests(RunKey key) {
    return servers.snapshot().values().stream()
        .filter(entry -> entry.state().grantable())
        .map(entry -> entry.languages().get(key.language()))
        .filter(Objects::nonNull)
        .distinct()
        .map(key::under)
        .toList();
  }

  private void send() {
    if (underWay || waiting.isEmpty()) {
      return;
    }
    List<Asked> first = waiting.subList(0, Math.min(MOST, waiting.size()));
    List<Asked> group = List.copyOf(first);
    first.clear();
    underWay = true;
    lookUp(group).onComplete(done -> {
      underWay = false;
      Map<Buffer, Known> known = done.succeeded() ? done.result() : Map.of();
      group.forEach(one -> answer(one, one.among(known)));
      send();
    });
  }

  private void answer(Asked asked, Optional<Known> found) {
    (found.isPresent() ? hits : misses).increment();
    asked.answer.complete(found);
  }

  private Future<Map<Buffer, Known>> lookUp(List<Asked> group) {
    Optional<JobStore> store = door.store();
    List<Buffer> digests =
        group.stream().flatMap(one -> one.digests.stream()).distinct().toList();
    return store.isEmpty()
        ? Future.succeededFuture(Map.of())
        : store.get().results().find(digests);
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return Counter.builder(ApiMeters.CACHE.meter())
        .description(ApiMeters.CACHE.help())
        .tag("result", result)
        .register(registry);
  }
}
