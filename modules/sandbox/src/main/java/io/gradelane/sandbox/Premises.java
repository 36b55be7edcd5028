package io.gradelane.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a sandbox stands on: its folders, its cells, the confinement that works here and the languages found in it. */
final class Premises {

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
    Path dir = Files.createDirectories(options.dir().toAbsolutePath());
    FileCache files = FileCache.open(dir.resolve("files"), options.maxCacheBytes());
    Uids uids = Jail.isRoot() ? Uids.take(options.slots()) : null;
    int uid = uids == null ? -1 : uids.get(0);
    Site site = Site.choose(options.confinement(), dir.resolve("runs"), uid, nanos);
    Toolbox toolbox = Discovery.toolbox(site.warden(), site.runs(), uid);
    return new Premises(site.runs(), files, site.warden(), toolbox, uids, options.slots());
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
