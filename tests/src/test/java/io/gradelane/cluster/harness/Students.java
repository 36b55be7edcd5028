package io.gradelane.cluster.harness;

import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.CodeRunnerClient.Execution;
import io.gradelane.testkit.CodeRunnerClient.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Students who press Check at random, all through CodeRunner's sequence: each with a file of the question's, each on a
 * connection of his own. Closing it waits for their answers.
 */
final class Students implements AutoCloseable {

  private static final long LONGEST_ANSWER_SECONDS = 90;

  private final Histogram millis = new ConcurrentHistogram(3);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CodeRunnerClient> nodes;
  private final String name;
  private final Thread pacer;
  private volatile boolean over;

  Students(String name, List<Node> nodes, double perSecond) {
    this.name = name;
    this.nodes = nodes.stream()
        .map(node -> new CodeRunnerClient(node.url(), Configuration.KEY))
        .toList();
    pacer = Thread.ofVirtual().start(() -> pace(perSecond));
  }

  int asked() {
    return asked.get();
  }

  /** Those who did not get what their program prints. */
  int wrong() {
    return wrong.get();
  }

  /** From when each was due. */
  Histogram millis() {
    return millis;
  }

  private void pace(double perSecond) {
    Random random = new Random(1);
    long due = System.nanoTime();
    while (!over) {
      due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      long intended = due;
      int number = asked.getAndIncrement();
      threads.execute(() -> check(number, intended));
    }
  }

  private void check(int number, long intended) {
    String line = name + "-" + number;
    Task task = new Task("python3", "print(open('names.txt').read(), '" + line + "')")
        .withFiles(Map.of("names.txt", "Ada".getBytes(StandardCharsets.UTF_8)));
    Execution answer = nodes.get(number % nodes.size()).execute(task, line);
    millis.recordValue((System.nanoTime() - intended) / 1_000_000);
    if (!answer.stdout().equals("Ada " + line + "\n")) {
      wrong.incrementAndGet();
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      pacer.join();
      threads.shutdown();
      if (!threads.awaitTermination(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
