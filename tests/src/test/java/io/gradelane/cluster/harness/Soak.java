package io.gradelane.cluster.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code bin/gradelane soak}: every drill as often as it takes to believe it. */
final class Soak {

  private static final Duration PARTED = Duration.ofSeconds(60);
  private static final int USAGE = 2;
  private static final int A_WEEK = 7 * 24 * 60;

  private final List<Drill> all = Drills.all(PARTED);
  private final List<Sheet> sheets = new ArrayList<>();
  private int failed;

  private Soak() {}

  public static void main(String[] args) {
    Soak soak = new Soak();
    try {
      System.exit(soak.run(Wish.of(args)));
    } catch (IllegalArgumentException e) {
      System.err.println("gradelane soak: " + e.getMessage());
      soak.help();
      System.exit(USAGE);
    }
  }

  /**
   * What the command line asks for.
   *
   * @param times 0: as often as each drill says
   * @param minutes after which no further drill begins
   */
  private record Wish(boolean help, List<String> rows, int times, int minutes) {

    static Wish of(String... args) {
      Wish wish = new Wish(false, List.of(), 0, A_WEEK);
      for (int i = 0; i < args.length; i++) {
        if (args[i].equals("--help") || args[i].equals("-h")) {
          return new Wish(true, wish.rows, wish.times, wish.minutes);
        }
        if (i + 1 == args.length) {
          throw new IllegalArgumentException(args[i] + " (expected: a value behind it)");
        }
        wish = wish.with(args[i], args[++i]);
      }
      return wish;
    }

    private Wish with(String option, String value) {
      return switch (option) {
        case "--rows" -> new Wish(help, List.of(value.split(",", -1)), times, minutes);
        case "--times" -> new Wish(help, rows, number(option, value), minutes);
        case "--minutes" -> new Wish(help, rows, times, number(option, value));
        default ->
          throw new IllegalArgumentException(option + " (expected: --rows, --times or --minutes)");
      };
    }

    private static int number(String option, String value) {
      if (!value.matches("[1-9]\\d{0,5}")) {
        throw new IllegalArgumentException(option + " " + value + " (expected: a whole number)");
      }
      return Integer.parseInt(value);
    }
  }

  private int run(Wish wish) {
    if (wish.help) {
      help();
      return 0;
    }
    long end = System.nanoTime() + Duration.ofMinutes(wish.minutes).toNanos();
    for (Drill drill : chosen(wish.rows)) {
      if (System.nanoTime() < end) {
        run(drill, wish.times == 0 ? drill.often() : wish.times);
      } else {
        System.out.println("no time left for " + drill.name());
        failed++;
      }
    }
    System.out.println();
    System.out.println(Sheet.head());
    sheets.forEach(sheet -> System.out.println(sheet.table()));
    return failed == 0 && sheets.stream().allMatch(Sheet::isReached) ? 0 : 1;
  }

  private void run(Drill drill, int times) {
    System.out.printf(Locale.ROOT, "%s, %d times: %s%n", drill.name(), times, drill.says());
    try {
      Sheet sheet = drill.run(times);
      sheet.keep();
      sheets.add(sheet);
      System.out.println(sheet.table());
      sheet.notes().forEach(System.out::println);
    } catch (IllegalStateException | AssertionError e) {
      System.out.println(drill.name() + " could not be finished: " + e);
      failed++;
    }
  }

  private List<Drill> chosen(List<String> names) {
    for (String name : names) {
      if (all.stream().noneMatch(drill -> drill.name().equals(name))) {
        throw new IllegalArgumentException("--rows " + name + " (expected: some of those below)");
      }
    }
    return all.stream()
        .filter(drill -> names.isEmpty() || names.contains(drill.name()))
        .toList();
  }

  private void help() {
    System.out.println("Usage: gradelane soak [--rows NAME,NAME] [--times N] [--minutes N]");
    System.out.println(
        "Does damage to a cluster on this machine, under load, and tells what came of it; logs and");
    System.out.println(
        "figures under target/cluster. Needs haproxy, nginx and, for partitions, root with ip and");
    System.out.println("iptables. --minutes: no further row begins after so many.");
    System.out.println();
    all.forEach(drill -> System.out.printf(
        Locale.ROOT, "  %-16s %2d times: %s%n", drill.name(), drill.often(), drill.says()));
  }
}
