package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import io.gradelane.cluster.harness.PoolServer.Mood;
import io.gradelane.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Two of five servers go bad at once, and get well again. */
final class BadServers implements Drill {

  private static final int HOW_MANY = 2;
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration BAD = Duration.ofSeconds(12);
  private static final Duration AFTER = Duration.ofSeconds(6);
  private static final Duration LONGEST_EJECTION = Duration.ofSeconds(30);
  private static final Pattern RETRIES =
      Pattern.compile("(?m)^gradelane_retries_total\\S* (\\S+)$");

  /** What happens to them. */
  enum Evil {
    KILLED {
      @Override
      void befall(PoolServer server) {
        server.kill();
      }

      @Override
      void end(PoolServer server) {
        server.revive();
      }
    },
    HANGING {
      @Override
      void befall(PoolServer server) {
        server.behave(Mood.HANGING);
      }
    },
    GARBAGE {
      @Override
      void befall(PoolServer server) {
        server.behave(Mood.GARBAGE);
      }
    };

    abstract void befall(PoolServer server);

    void end(PoolServer server) {
      server.behave(Mood.WELL);
    }
  }

  private final Evil evil;

  BadServers(Evil evil) {
    this.evil = evil;
  }

  @Override
  public String name() {
    return "servers-" + evil.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String says() {
    return "two of five Jobe servers " + evil.name().toLowerCase(Locale.ROOT)
        + " for 12 s, under 200 requests a second to all three nodes";
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    try (Arena arena = Arena.open(name())) {
      List<PoolServer> bad = arena.pool().servers().subList(0, HOW_MANY);
      double ejected = 0;
      for (int time = 0; time < times; time++) {
        ejected = Math.max(ejected, once(arena, bad));
      }
      double extra = 100.0 * retries(arena) / arena.history().invoked().size();
      return arena
          .sheet(name())
          .add(Figure.millis("until all nodes have ejected both", ejected, 5000))
          .add(Figure.percent("runs tried again, of all", extra, 20))
          .add(Figure.count("most runs on one server", arena.mostInFlight(), Arena.SLOTS));
    }
  }

  private double once(Arena arena, List<PoolServer> bad) {
    List<Target> targets = arena.nodes().stream().map(Target::of).toList();
    double ejected;
    try (Load load = arena.steady(targets)) {
      load.keepOn(BEFORE);
      long struck = System.nanoTime();
      arena.fault(struck, BAD.plus(AFTER));
      bad.forEach(evil::befall);
      Eventually.await("all nodes have ejected both", LONGEST_EJECTION, () -> areOut(arena, bad));
      ejected = (System.nanoTime() - struck) / 1e6;
      load.keepOnUntil(struck + BAD.toNanos());
      bad.forEach(evil::end);
      load.keepOn(AFTER);
    }
    return ejected;
  }

  private static boolean areOut(Arena arena, List<PoolServer> bad) {
    return arena.nodes().stream()
        .allMatch(node -> bad.stream().allMatch(server -> isOut(node, server)));
  }

  private static boolean isOut(Node node, PoolServer server) {
    Web.Page page = Web.get(node.url().resolve("/api/v1/servers/" + server.name()));
    return page.status() == 200 && page.body().contains("\"state\":\"down\"");
  }

  private static double retries(Arena arena) {
    return arena.nodes().stream()
        .map(node -> Web.get(node.url().resolve("/metrics")).body())
        .flatMap(page -> RETRIES.matcher(page).results().map(found -> found.group(1)))
        .mapToDouble(Double::parseDouble)
        .sum();
  }
}
