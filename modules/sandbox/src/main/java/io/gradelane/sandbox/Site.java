package io.gradelane.sandbox;

import io.gradelane.sandbox.SandboxOptions.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where and how programs can be run on this machine, found by trying.
 *
 * @param runs for the folders of runs
 */
record Site(Warden warden, Path runs) {

  private static final Logger log = LoggerFactory.getLogger(Site.class);
  private static final Limits TRIAL = new Limits(10, 0, 1 << 20, 64, 1 << 10);

  /**
   * Takes the strongest confinement in which a command runs, not above {@code strongest}; containers often forbid one or
   * the other. Runs lie in {@code preferred}, or in the system's temporary folder if their uid can't get there.
   *
   * @throws IOException if nothing works
   */
  static Site choose(Confinement strongest, Path preferred, int uid, LongSupplier nanos)
      throws IOException, InterruptedException {
    empty(preferred);
    Path temporary = Files.createTempDirectory("gradelane-runs-");
    for (Confinement confinement : Confinement.values()) {
      if (confinement.compareTo(strongest) < 0) {
        continue;
      }
      Warden warden = new Warden(new Jail(confinement, uid >= 0), nanos);
      for (Path runs : List.of(preferred, temporary)) {
        open(runs);
        String trouble = trouble(warden, runs, uid);
        if (trouble.isEmpty()) {
          RunFolder.deleteTree(runs.equals(preferred) ? temporary : preferred);
          return new Site(warden, runs);
        }
        log.atInfo()
            .addKeyValue("confinement", confinement)
            .addKeyValue("cause", trouble)
            .log("confinement does not work here");
      }
    }
    throw new IOException(
        "programs can't be run here: prlimit, setpriv and setsid (util-linux) are needed");
  }

  private static void empty(Path runs) throws IOException, InterruptedException {
    if (Files.exists(runs)) {
      RunFolder.deleteTree(runs);
    }
    Files.createDirectory(runs);
  }

  /** Lets a run's uid pass through, but not look around. */
  private static void open(Path runs) throws IOException {
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static String trouble(Warden warden, Path runs, int uid) throws InterruptedException {
    try {
      Finished finished = Trial.run(warden, runs, uid, "echo fine", TRIAL, new SplittableRandom());
      boolean fine = finished.stdout().equals("fine\n") && finished.exit() == 0;
      return fine ? "" : "exit " + finished.exit() + " " + finished.err().strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
