package io.gradelane.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one command in a jail and sees to its end: nothing of it lives on when {@link #run} returns.
 *
 * <p>Call it on a thread that outlives the command: Bubblewrap asks the kernel to be killed when the thread that started
 * it dies.
 */
final class Warden {

  private static final long PATIENCE_WITH_PIPES_MILLIS = 2000;

  private final Jail jail;
  private final LongSupplier nanos;

  Warden(Jail jail, LongSupplier nanos) {
    this.jail = jail;
    this.nanos = nanos;
  }

  Jail jail() {
    return jail;
  }

  /** @param input standard input, or null for none */
  Finished run(Jail.Step step, @Nullable Path input, Map<String, String> environment)
      throws IOException, InterruptedException {
    long start = nanos.getAsLong();
    Process process = start(step, input, environment);
    CappedOutput out = new CappedOutput(process.getInputStream(), step.limits().streamBytes());
    CappedOutput err = new CappedOutput(process.getErrorStream(), step.limits().streamBytes());
    List<Thread> readers = List.of(Thread.startVirtualThread(out), Thread.startVirtualThread(err));
    boolean inTime = false;
    try {
      inTime = process.waitFor(step.limits().wallMillis(), TimeUnit.MILLISECONDS);
    } finally {
      end(process, step.uid());
    }
    for (Thread reader : readers) {
      reader.join(PATIENCE_WITH_PIPES_MILLIS);
    }
    long cpuMillis = step.limits().cpuSecondsForSystem() * 1000;
    int exit = process.exitValue();
    boolean outOfCpuTime =
        exit == Finished.COMMAND_KILLED && (nanos.getAsLong() - start) / 1_000_000 >= cpuMillis;
    return new Finished(out.text(), err.text(), exit, !inTime, inTime && outOfCpuTime);
  }

  private Process start(Jail.Step step, @Nullable Path input, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(jail.commandLine(step));
    builder.directory(step.folder().box().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(input == null ? new File("/dev/null") : input.toFile());
    return builder.start();
  }

  private void end(Process process, int uid) throws IOException, InterruptedException {
    // Not Process.destroyForcibly(), which closes the pipes and loses what nobody has read yet.
    process.toHandle().destroyForcibly();
    List<String> sweep = jail.sweep(uid, process.pid());
    if (!sweep.isEmpty()) {
      new ProcessBuilder(sweep)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
    process.waitFor();
  }
}
