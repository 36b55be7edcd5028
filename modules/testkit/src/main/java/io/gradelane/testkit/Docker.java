package io.gradelane.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** Whether an engine for containers answers on this machine, so that fixtures can choose. Asked once a process. */
public final class Docker {

  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private Docker() {}

  public static boolean answers() {
    return Asked.ANSWERS;
  }

  /** Where neither a variable nor the usual socket points to an engine, the slow search for one is left out. */
  private static final class Asked {
    private static final boolean ANSWERS =
        (System.getenv("DOCKER_HOST") != null || Files.exists(SOCKET))
            && DockerClientFactory.instance().isDockerAvailable();
  }
}
