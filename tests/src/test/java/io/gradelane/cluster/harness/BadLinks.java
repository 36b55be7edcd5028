package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Arena.Setting;
import io.gradelane.cluster.harness.Load.Target;
import io.gradelane.testkit.TcpFault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What nodes say to one another comes late, in slices, half, or is cut off. */
final class BadLinks implements Drill {

  private static final Duration EACH = Duration.ofSeconds(3);
  private static final Duration LATE = Duration.ofMillis(50);
  private static final Duration AFTER = Duration.ofSeconds(5);
  private static final int SHARED = Arena.SLOTS + Math.ceilDiv(Arena.SLOTS, Arena.NODES);
  private static final int SLICE = 7;
  private static final int CUTS = 10;

  @Override
  public String name() {
    return "bad-links";
  }

  @Override
  public String says() {
    return "the connections between all nodes delayed by 50 ms, sliced, cut off ten times and half closed";
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    List<TcpFault> links = new ArrayList<>();
    try (Namespaces place = new Namespaces(Arena.NODES);
        Arena arena =
            Arena.open(name(), Setting.in(place).before(nodes -> lay(place, nodes, links)))) {
      List<Target> targets = arena.nodes().stream().map(Target::of).toList();
      double healing = 0;
      for (int time = 0; time < times; time++) {
        try (Load load = arena.steady(targets)) {
          load.keepOn(EACH);
          long struck = System.nanoTime();
          spoil(load, links);
          healing = Math.max(healing, arena.awaitOneOwner());
          arena.fault(struck, Duration.ofNanos(System.nanoTime() - struck).plus(AFTER));
          load.keepOn(AFTER);
        }
      }
      return arena
          .sheet(name())
          .add(Figure.told("connections led through the relays", open(links), ""))
          .add(Figure.millis("until all name one owner, after that", healing, 15_000))
          .add(Figure.count("most runs on one server", arena.mostInFlight(), SHARED));
    } finally {
      links.forEach(TcpFault::close);
    }
  }

  private static void spoil(Load load, List<TcpFault> links) {
    links.forEach(link -> link.delay(LATE));
    load.keepOn(EACH);
    links.forEach(link -> link.delay(Duration.ZERO).slice(SLICE));
    load.keepOn(EACH);
    links.forEach(link -> link.slice(Integer.MAX_VALUE));
    for (int cut = 0; cut < CUTS; cut++) {
      links.forEach(TcpFault::cut);
      load.keepOn(EACH.dividedBy(CUTS));
    }
    links.forEach(TcpFault::halfClose);
    load.keepOn(EACH);
  }

  private static int open(List<TcpFault> links) {
    return links.stream().mapToInt(TcpFault::open).sum();
  }

  /** Every node's way to every other, for the bus and for Hazelcast. */
  private static void lay(Namespaces place, List<Node> nodes, List<TcpFault> links) {
    for (int from = 1; from <= nodes.size(); from++) {
      for (int to = 1; to <= nodes.size(); to++) {
        if (from != to) {
          Node.Address address = nodes.get(to - 1).address();
          for (int port : new int[] {address.cluster(), address.bus()}) {
            TcpFault link = TcpFault.between(
                new InetSocketAddress(place.ours(), 0),
                new InetSocketAddress(address.host(), port));
            links.add(link);
            place.lead(from, to, port, link.port());
          }
        }
      }
    }
  }
}
