package io.gradelane.cluster.harness;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The servers, all in this process: freezing a node freezes none of them. */
final class Pool implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final List<PoolServer> servers;
  private final int slots;

  /** @param slots that the nodes are told; the servers themselves take whatever comes */
  Pool(String host, int count, int slots) {
    this.slots = slots;
    servers = IntStream.rangeClosed(1, count)
        .mapToObj(number -> new PoolServer(vertx, "s" + number, host))
        .toList();
  }

  List<PoolServer> servers() {
    return servers;
  }

  /** As the nodes are told of them. */
  List<Configuration.Server> told() {
    return servers.stream()
        .map(server -> new Configuration.Server(server.name(), server.url(), slots, slots))
        .toList();
  }

  /** Every run that a server saw, probes left out, by arrival. */
  List<Seen> runs() {
    return all()
        .filter(run -> !run.isForeign())
        .sorted(Comparator.comparingLong(Seen::arrived))
        .toList();
  }

  /** The longest time in which no server got a run, between two moments. */
  long longestGap(long from, long to) {
    List<Long> moments = new ArrayList<>();
    moments.add(from);
    runs().stream().map(Seen::arrived).filter(at -> at > from && at < to).forEach(moments::add);
    moments.add(to);
    return IntStream.range(1, moments.size())
        .mapToLong(i -> moments.get(i) - moments.get(i - 1))
        .max()
        .orElse(0);
  }

  /** When a server got a run last: later than the last request, if requests had to wait. */
  long lastArrival() {
    return runs().stream().mapToLong(Seen::arrived).max().orElse(0);
  }

  /** The most runs on one server at once that were there at some moment between two, probes included. */
  int mostInFlight(long from, long to) {
    return servers.stream()
        .mapToInt(server -> mostInFlight(server.seen(), from, to))
        .max()
        .orElse(0);
  }

  private static int mostInFlight(List<Seen> runs, long from, long to) {
    PriorityQueue<Long> ends = new PriorityQueue<>();
    int most = 0;
    for (Seen run :
        runs.stream().sorted(Comparator.comparingLong(Seen::arrived)).toList()) {
      if (run.ended() < from || run.arrived() > to) {
        continue;
      }
      while (!ends.isEmpty() && ends.peek() <= Math.max(run.arrived(), from)) {
        ends.poll();
      }
      ends.add(run.ended());
      most = Math.max(most, ends.size());
    }
    return most;
  }

  private Stream<Seen> all() {
    return servers.stream().flatMap(server -> server.seen().stream());
  }

  @Override
  public void close() {
    Blocking.get(vertx.close());
  }
}
