package io.gradelane.bench;

import io.gradelane.cluster.harness.FleetReal;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code bin/gradelane bench}: finds a benchmark by its name and hands it the other words. */
final class Benches {

  private static final Logger log = LoggerFactory.getLogger(Benches.class);

  /** A benchmark's {@code main}. */
  private interface Bench {
    void run(String[] options) throws Exception;
  }

  private record Named(String name, String measures, Bench bench) {}

  private static final List<Named> ALL = List.of(
      new Named(
          "overhead",
          "a run that need not wait: Gradelane, HAProxy and nginx against asking the same stub directly",
          OverheadBench::main),
      new Named(
          "records",
          "the record of every run: a node that keeps it against one that keeps none",
          RecordsBench::main),
      new Named(
          "burst",
          "30 to 2,000 runs at once on 10 slots: direct, Gradelane, HAProxy with maxconn, against the ideal",
          BurstBench::main),
      new Named(
          "midterm-live",
          "live runs beside a regrade in real time: Gradelane's lanes against HAProxy's priority classes",
          MidtermLiveBench::main),
      new Named(
          "java-verdict",
          "64 Java programs at once on one embedded sandbox: direct against Gradelane; false verdicts",
          JavaVerdictBench::main),
      new Named(
          "midterm",
          "live runs beside 5,000 regrades in simulated time: against priority alone and one FIFO queue",
          MidtermNight::main),
      new Named(
          "cross-node",
          "a grant from the dispatcher of another JVM, at 2,000 a second: want to grant",
          CrossNodeBench::main),
      new Named(
          "fleet-day",
          "an exam day of the fleet in simulated time, with the calendar and without; --svg FILE draws it",
          FleetDay::main),
      new Named(
          "fleet-real",
          "2,000 runs on a fleet of real sandbox processes, from one host to four and back; --svg FILE draws it",
          FleetReal::main),
      new Named(
          "fleet-plan",
          "one pass of the fleet's loop, planned for 10 to 1,000 hosts",
          FleetPlanBench::main),
      new Named(
          "core",
          "the dispatcher alone on one thread: submit + grant + release a second, bytes for each (JMH)",
          DispatcherBench::main),
      new Named(
          "store",
          "jobs in PostgreSQL: enqueue, claim and finish through the store against the bare statements; plans",
          StoreBench::main),
      new Named(
          "submit",
          "100,000 jobs sent to a real node in one call, line by line and as one body: last byte to answer",
          SubmitBench::main),
      new Named(
          "jobs-through",
          "durable jobs that do nothing, through a node and PostgreSQL, against its statements in a bare loop",
          JobsThroughBench::main),
      new Named(
          "jobs-start",
          "durable jobs from submission to start: one on an idle pool, the first of 100,000",
          JobsStartBench::main));

  private Benches() {}

  public static void main(String[] args) {
    String wish = args.length == 0 ? "--help" : args[0];
    if (wish.equals("--list")) {
      ALL.forEach(bench -> System.out.println(bench.name));
      return;
    }
    for (Named bench : ALL) {
      if (bench.name.equals(wish)) {
        run(bench, Arrays.copyOfRange(args, 1, args.length));
        return;
      }
    }
    help();
    System.exit(wish.equals("--help") || wish.equals("-h") ? 0 : 2);
  }

  /** One that fails ends here, whatever threads it has left behind. */
  private static void run(Named bench, String... args) {
    try {
      bench.bench.run(args);
    } catch (Exception e) {
      log.error("the benchmark has failed", e);
      System.exit(1);
    }
  }

  private static void help() {
    System.out.println("Usage: gradelane bench NAME [--smoke] [--NAME VALUE ...]");
    System.out.println(
        "Benchmarks print a table and write JSON to target/bench; --smoke is short. They talk to this");
    System.out.println(
        "machine only, and compare with haproxy, nginx and wrk where those are installed.");
    System.out.println();
    ALL.forEach(bench -> System.out.printf("  %-14s %s%n", bench.name, bench.measures));
  }
}
