package io.gradelane.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Runs one line in a jail, in a folder of its own, for us rather than for a client. */
final class Trial {

  private Trial() {}

  static Finished run(
      Warden warden, Path runs, int uid, String line, Limits limits, RandomGenerator random)
      throws IOException, InterruptedException {
    RunFolder folder = RunFolder.create(runs, uid, random);
    try {
      Path command = folder.writeCommand("run", line);
      return warden.run(new Jail.Step(folder, command, uid, limits), null, Jail.environment());
    } finally {
      folder.delete();
    }
  }
}
