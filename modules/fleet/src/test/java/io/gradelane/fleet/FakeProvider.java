package io.gradelane.fleet;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A provider in the heap that can be told to fail. Thread-safe. */
final class FakeProvider implements Provider {

  private final Map<String, Listed> hosts = new ConcurrentSkipListMap<>();
  private volatile boolean refuses;
  private volatile boolean closed;
  private volatile boolean ends;

  FakeProvider refusing() {
    refuses = true;
    return this;
  }

  void endingWithTheNode() {
    ends = true;
  }

  @Override
  public Future<Set<String>> endOwn() {
    Set<String> refs = Set.copyOf(hosts.keySet());
    return Future.succeededFuture(ends ? refs : Set.of());
  }

  List<String> tokens() {
    return hosts.values().stream().map(Listed::token).toList();
  }

  boolean closed() {
    return closed;
  }

  @Override
  public Future<Listing> list() {
    return Future.succeededFuture(new Listing.Complete(List.copyOf(hosts.values())));
  }

  @Override
  public Future<Listed> launch(HostId token) {
    if (refuses) {
      return Future.failedFuture(new LaunchRefused("no room"));
    }
    return Future.succeededFuture(hosts.computeIfAbsent(
        "i-" + token, ref -> new Listed(ref, token.value(), "http://" + token, Condition.SOUND)));
  }

  @Override
  public Future<Void> terminate(Host host) {
    hosts.remove(host.ref());
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.succeededFuture();
  }
}
