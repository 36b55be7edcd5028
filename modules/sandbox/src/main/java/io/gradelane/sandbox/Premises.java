package io.gradelane.sandbox;

import io.gradelane.sandbox.SandboxOptions.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a sandbox stands on: its folders, its cells, the confinement that works here and the languages found in it. */
final class Premises {

  private static final Logger log = LoggerFactory.getLogger(Premises.class);
  private static final Limits TRIAL = new Limits(10, 0, 1 << 20, 64, 1 << 10);

  private final Path runs;
  private final FileCache files;
  private final Warden warden;
  private final Toolbox toolbox;
  private final @Nullable Uids uids;
  private final List<Cell> cells = new ArrayList<>();

  private Premises(
      Path runs, FileCache files, Warden warden, Toolbox toolbox, @Nullable Uids uids, int slots) {
    this.runs = runs;
    this.files = files;
    this.warden = warden;
    this.toolbox = toolbox;
    this.uids = uids;
    for (int slot = 0; slot < slots; slot++) {
      cells.add(Cell.open(slot, uids == null ? -1 : uids.get(slot)));
    }
  }

  /**
   * Sets everything up. Blocks for about a second, the first time in a process.
   *
   * @throws IOException if programs can't be run here at all
   */
  static Premises open(SandboxOptions options, LongSupplier nanos)
      throws IOException, InterruptedException {
    Path runs = Files.createTempDirectory("gradelane-runs-");
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwx--x--x"));
    Uids uids = Jail.isRoot() ? Uids.take(options.slots()) : null;
    int uid = uids == null ? -1 : uids.get(0);
    Warden warden = warden(options.confinement(), runs, uid, nanos);
    Toolbox toolbox = Discovery.toolbox(warden, runs, uid);
    FileCache files =
        FileCache.open(options.dir().toAbsolutePath().resolve("files"), options.maxCacheBytes());
    return new Premises(runs, files, warden, toolbox, uids, options.slots());
  }

  /** Takes the strongest confinement in which {@code true} runs; containers often forbid Bubblewrap its work. */
  private static Warden warden(Confinement confinement, Path runs, int uid, LongSupplier nanos)
      throws IOException, InterruptedException {
    Path bubblewrap = confinement == Confinement.BEST ? Tools.first("bwrap").orElse(null) : null;
    if (bubblewrap != null) {
      Warden warden = new Warden(new Jail(bubblewrap, uid >= 0), nanos);
      String trouble = trouble(warden, runs, uid);
      if (trouble.isEmpty()) {
        return warden;
      }
      log.atWarn()
          .addKeyValue("cause", trouble)
          .log("bubblewrap does not work here, runs see the machine's files and network");
    }
    Warden plain = new Warden(new Jail(null, uid >= 0), nanos);
    String trouble = trouble(plain, runs, uid);
    if (!trouble.isEmpty()) {
      throw new IOException(
          "programs can't be run here (prlimit, setpriv and setsid of util-linux are needed): "
              + trouble);
    }
    return plain;
  }

  private static String trouble(Warden warden, Path runs, int uid) throws InterruptedException {
    try {
      Finished finished = Trial.run(warden, runs, uid, "echo fine", TRIAL, new SplittableRandom());
      return finished.stdout().equals("fine\n")
          ? ""
          : "exit " + finished.exit() + " " + finished.err().strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  Path runs() {
    return runs;
  }

  FileCache files() {
    return files;
  }

  Warden warden() {
    return warden;
  }

  Toolbox toolbox() {
    return toolbox;
  }

  Cell cell(int slot) {
    return cells.get(slot);
  }

  /** Kills what runs. */
  public void close() throws IOException, InterruptedException {
    for (Cell cell : cells) {
      cell.thread().shutdownNow();
    }
    for (Cell cell : cells) {
      cell.thread().awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS);
    }
    RunFolder.deleteTree(runs);
    if (uids != null) {
      uids.close();
    }
  }
}
