package io.gradelane.system;

import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.CodeRunnerClient.Execution;
import io.gradelane.testkit.CodeRunnerClient.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many students who click Check, each with a program of his own. */
final class Students implements AutoCloseable {

  /** What a student sent and what he got. */
  record Check(Task task, Execution execution) {

    boolean right() {
      return execution.status() == 200
          && execution.outcome() == 15
          && execution.stdout().equals(task.expectedEcho());
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<Check>> checks = new ArrayList<>();

  /** A program that no other student has, with so many files that no other has. */
  static Task task(int student, int files) {
    Map<String, byte[]> filesByName = new LinkedHashMap<>();
    for (int i = 0; i < files; i++) {
      filesByName.put("data" + i + ".txt", CodeRunnerClient.bytes("file " + i + " of " + student));
    }
    return new Task("python3", "print('student " + student + "')\n").withFiles(filesByName);
  }

  /** One student clicks. */
  void check(CodeRunnerClient client, Task task) {
    checks.add(threads.submit(() -> new Check(task, client.execute(task))));
  }

  /** Students 0 to n-1 click at the same moment. */
  Students all(int n, CodeRunnerClient client, int files) {
    for (int student = 0; student < n; student++) {
      check(client, task(student, files));
    }
    return this;
  }

  long done() {
    return checks.stream().filter(Future::isDone).count();
  }

  /** What all of them got, when all have got it. */
  List<Check> results() {
    List<Check> results = new ArrayList<>();
    for (Future<Check> check : checks) {
      try {
        results.add(check.get());
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
    return results;
  }

  /** A line for the test's log. */
  static String times(List<Check> checks) {
    List<Duration> sorted =
        checks.stream().map(check -> check.execution().took()).sorted().toList();
    return String.format(
        Locale.ROOT,
        "%d sequences: p50 %d ms, p99 %d ms, max %d ms",
        sorted.size(),
        sorted.get(sorted.size() / 2).toMillis(),
        sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1).toMillis(),
        sorted.getLast().toMillis());
  }

  @Override
  public void close() {
    threads.close();
  }
}
