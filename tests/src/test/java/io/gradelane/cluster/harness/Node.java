package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A place in the cluster, and the JVM that fills it now. */
final class Node {

  private static final Duration LONGEST_START = Duration.ofSeconds(90);
  private static final long LONGEST_LEAVE_SECONDS = 90;

  /** Where it listens. */
  record Address(String host, int http, int cluster, int bus) {

    static Address at(String host) {
      return new Address(host, Ports.next(), Ports.next(), Ports.next());
    }

    String member() {
      return host + ":" + cluster;
    }
  }

  private final String name;
  private final Address address;
  private final Processes processes;
  private final List<String> command;
  private final Map<String, String> environment;
  private @Nullable Process process;

  Node(
      String name,
      Address address,
      Processes processes,
      List<String> command,
      Map<String, String> environment) {
    this.name = name;
    this.address = address;
    this.processes = processes;
    this.command = command;
    this.environment = environment;
  }

  String name() {
    return name;
  }

  Address address() {
    return address;
  }

  /** Beside its log. */
  Path file(String ending) {
    return processes.file(name + "." + ending);
  }

  URI url() {
    return URI.create("http://" + address.host() + ":" + address.http());
  }

  void start() {
    startWith(Map.of());
  }

  /** @param more variables of its environment, this time */
  void startWith(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    process = processes.start(name, command, all);
  }

  /** Waits until it would take requests. */
  void awaitReady() {
    try {
      Eventually.await(name + " is ready", LONGEST_START, this::isReady);
    } catch (AssertionError e) {
      throw new AssertionError(name + " said:\n" + processes.said(name), e);
    }
  }

  boolean isReady() {
    if (!process().isAlive()) {
      throw new AssertionError(name + " has ended; it said:\n" + processes.said(name));
    }
    return Web.get(url().resolve("/readyz")).status() == 200;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether its JVM has taken a library in. */
  boolean hasLoaded(Path library) {
    try {
      return Files.readString(Path.of("/proc", process().pid() + "", "maps"))
          .contains(library.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As by {@code kill -9}; returns when it is gone. */
  void kill() {
    process().destroyForcibly();
    exit();
  }

  /** As by SIGSTOP: it keeps its connections and its memory, and doesn't know. */
  void freeze() {
    Processes.signal(process(), "STOP");
  }

  void thaw() {
    Processes.signal(process(), "CONT");
  }

  /** Tells it to leave, and waits until it has; answers its exit code. */
  int leave() {
    Processes.signal(process(), "TERM");
    return exit();
  }

  private int exit() {
    try {
      if (!process().waitFor(LONGEST_LEAVE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end; it said:\n" + processes.said(name));
      }
      return process().exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Process process() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }
}
