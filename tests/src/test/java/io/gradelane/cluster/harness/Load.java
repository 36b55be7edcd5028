package io.gradelane.cluster.harness;

import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.CodeRunnerClient.Execution;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients like CodeRunner's, each request on a connection of its own. Closing it waits for their answers. */
final class Load implements AutoCloseable {

  private static final long LONGEST_ANSWER_SECONDS = 70;
  private static final int GREEDY_SLOWNESS = 5;
  private static final AtomicInteger made = new AtomicInteger();

  /** Whom requests are sent to. */
  record Target(String name, CodeRunnerClient client) {

    static Target of(String name, URI url) {
      return new Target(name, new CodeRunnerClient(url, Configuration.KEY));
    }

    static Target of(Node node) {
      return of(node.name(), node.url());
    }
  }

  private final String name = "l" + made.incrementAndGet();
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final History history;
  private final List<Target> targets;
  private final int slowness;
  private Thread pacer = Thread.ofVirtual().unstarted(() -> {});
  private volatile boolean over;

  /** @param slowness how many times longer than others its runs take */
  private Load(History history, List<Target> targets, int slowness) {
    this.history = history;
    this.targets = List.copyOf(targets);
    this.slowness = slowness;
  }

  /** So many a second, whether or not the earlier ones were answered; the targets take turns. */
  static Load steady(History history, int perSecond, List<Target> targets) {
    Load load = new Load(history, targets, 1);
    load.pacer = Thread.ofVirtual().start(() -> load.pace(TimeUnit.SECONDS.toNanos(1) / perSecond));
    return load;
  }

  /** So many that ask again as soon as they are answered, for longer runs. */
  static Load greedy(History history, int clients, List<Target> targets) {
    Load load = new Load(history, targets, GREEDY_SLOWNESS);
    for (int client = 0; client < clients; client++) {
      load.threads.execute(load::askOn);
    }
    return load;
  }

  /** Lets it go on for so long. */
  void keepOn(Duration howLong) {
    keepOnUntil(System.nanoTime() + howLong.toNanos());
  }

  void keepOnUntil(long moment) {
    pauseUntil(moment);
  }

  /** Sends no more, and waits until all are answered; who isn't by then has no answer. */
  @Override
  public void close() {
    over = true;
    try {
      pacer.join();
      threads.shutdown();
      if (!threads.awaitTermination(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void pace(long period) {
    long start = System.nanoTime();
    for (long due = start; !over; due += period) {
      pauseUntil(due);
      long intended = due;
      int number = next.getAndIncrement();
      threads.execute(() -> ask(number, intended));
    }
  }

  private void askOn() {
    while (!over) {
      ask(next.getAndIncrement(), System.nanoTime());
    }
  }

  private void ask(int number, long intended) {
    Run run = new Run(name + "-" + number, takes(number));
    Target target = targets.get(number % targets.size());
    history.invoked(run.id());
    long began = System.nanoTime();
    Execution answer = target.client.execute(run.task(), run.id());
    history.ended(new Call(
        run.id(),
        target.name,
        run.takes().toNanos(),
        intended,
        began,
        System.nanoTime(),
        ending(run, answer),
        answer.status() + " " + answer.body()));
  }

  /** Most are short; one in fifty is not, and is there when its node has long been gone. */
  private Duration takes(int number) {
    return Duration.ofMillis(number % 50 == 49 ? 1500 : (40 + number * 37L % 80) * slowness);
  }

  private static Call.Ending ending(Run run, Execution answer) {
    if (Thread.currentThread().isInterrupted()) {
      return Call.Ending.UNKNOWN;
    }
    if (answer.status() != 200) {
      return Call.Ending.FAILED;
    }
    return switch (outcome(answer)) {
      case 15 -> answer.stdout().equals(run.expected()) ? Call.Ending.RIGHT : Call.Ending.WRONG;
      case 21 -> Call.Ending.REFUSED;
      default -> Call.Ending.WRONG;
    };
  }

  private static int outcome(Execution answer) {
    try {
      return answer.outcome();
    } catch (RuntimeException e) {
      return -1;
    }
  }

  private static void pauseUntil(long moment) {
    for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
