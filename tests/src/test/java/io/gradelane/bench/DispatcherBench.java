package io.gradelane.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The dispatcher's core on one thread: submit + grant + release a second, and bytes allocated for each, at 1, 100 and
 * 1,000 servers of 8 slots with 300 tenants, in a pool with room and in a full one where so many runs wait. An
 * allocation that grew with the queue would show between 1,000 and 100,000 waiting.
 *
 * <p>The bytes include what a caller makes for each run: its id and its want.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DispatcherBench {

  private static final String SAYS =
      "core: submit + grant + release on one thread with 300 tenants and"
          + " 8 slots a server, in a pool with room and in a full one; bytes include the caller's own";

  @Param({"1", "100", "1000"})
  public int servers;

  @Param({"0", "1000", "100000"})
  public int waiting;

  private DispatcherLoad load = new DispatcherLoad(1, 0);

  @Setup
  public void fill() {
    load = new DispatcherLoad(servers, waiting);
  }

  @Benchmark
  public int submitGrantRelease() {
    return load.step();
  }

  /** {@code --smoke}. */
  public static void main(String[] args) throws RunnerException, IOException {
    Report report = new Report("core", SAYS, "servers", "waiting", "a second", "bytes each");
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include(DispatcherBench.class.getSimpleName())
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .jvmArgs("-Xmx512m", "-XX:+UseSerialGC");
    if (Options.of(args).smoke()) {
      options.warmupIterations(1).measurementIterations(1).measurementTime(TimeValue.seconds(1));
    }
    for (RunResult result : new Runner(options.build()).run()) {
      int servers = Integer.parseInt(result.getParams().getParam("servers"));
      int waiting = Integer.parseInt(result.getParams().getParam("waiting"));
      double rate = result.getPrimaryResult().getScore();
      report.row(servers, waiting, rate, bytes(result));
      if (servers == 100) {
        report.verdict("a second, 100 servers, " + waiting + " waiting", rate, ">=", 1_000_000);
      }
    }
    report.finish();
  }

  private static double bytes(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return allocated == null ? 0 : allocated.getScore();
  }
}
