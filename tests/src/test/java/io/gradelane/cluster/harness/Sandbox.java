package io.gradelane.cluster.harness;

import java.util.List;
import java.util.Map;

/** A Jobe server of ours, in a process of its own, that really runs programs. */
final class Sandbox {

  private static final int SLOTS = 4;
  private static final int CORES = 2;

  private Sandbox() {}

  static Configuration.Server start(Processes processes, String name) {
    int port = Ports.next();
    processes.start(
        name,
        List.of(
            House.program().toString(),
            "sandbox",
            "--port",
            String.valueOf(port),
            "--slots",
            String.valueOf(SLOTS)),
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "GRADELANE_JAR",
            House.jar().toString()));
    return new Configuration.Server(name, "http://127.0.0.1:" + port, SLOTS, CORES);
  }
}
