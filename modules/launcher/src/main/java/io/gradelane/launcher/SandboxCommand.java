package io.gradelane.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sandbox}: an embedded sandbox alone. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Run a small Jobe server that really compiles and runs programs of the languages found on this machine.",
      "For trying out and for tests: it is no place for strangers' code."
    })
final class SandboxCommand implements Callable<Integer> {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "4000",
      description = "Port, 0 for any (default: ${DEFAULT-VALUE}).")
  private int port = 4000;

  @Option(
      names = "--slots",
      defaultValue = "8",
      description = "Runs at once (default: ${DEFAULT-VALUE}).")
  private int slots = 8;

  @Override
  public Integer call() {
    System.out.println(host + port + slots); return Main.FAILED;
  }
}
