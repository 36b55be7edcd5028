package io.gradelane.launcher;

import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.fleet.Provider;
import io.gradelane.fleet.provider.Ec2Provider;
import io.gradelane.fleet.provider.Ec2Template;
import io.gradelane.fleet.provider.ExecProvider;
import io.gradelane.fleet.provider.ProcessProvider;
import io.gradelane.fleet.provider.StaticProvider;
import io.gradelane.settings.FleetSettings;
import io.gradelane.settings.Settings;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Who has machines, as the settings say. */
final class Providers {

  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  private final Ground ground;
  private final Vertx vertx;
  private final Settings settings;
  private final FleetSettings wish;

  Providers(Ground ground, Settings settings) {
    this.ground = ground;
    vertx = ground.vertx();
    this.settings = settings;
    wish = settings.fleet();
  }

  Provider chosen() {
    return switch (wish.provider()) {
      case FleetSettings.Provider.None none ->
        throw new IllegalStateException("a fleet of nobody's");
      case FleetSettings.Provider.Static listed -> new StaticProvider(this::configured);
      case FleetSettings.Provider.Processes processes -> processes(processes);
      case FleetSettings.Provider.Exec exec ->
        new ExecProvider(
            vertx, wish.cluster(), exec.launch(), exec.list(), exec.terminate(), exec.timeLimit());
      case FleetSettings.Provider.Ec2 ec2 ->
        new Ec2Provider(
            vertx,
            Ec2Template.client(ec2.region(), ec2.endpoint()),
            new Ec2Template(ec2.template(), ec2.version(), ec2.port()),
            wish.cluster());
    };
  }

  private List<URI> configured() {
    return ground.servers().snapshot().values().stream()
        .map(ServerEntry::configured)
        .filter(server -> FleetMark.of(server).isEmpty())
        .map(server -> server.url())
        .toList();
  }

  private Provider processes(FleetSettings.Provider.Processes processes) {
    Path folder = processes.folder();
    return new ProcessProvider(
        vertx,
        (folder == null ? settings.dataDir().resolve("fleet") : folder).toAbsolutePath(),
        wish.cluster(),
        java(processes.heapBytes()),
        sandbox(wish.rules().slotsPerHost()),
        InstantSource.system());
  }

  /** A small JVM, with the archive of classes that this one was started with. */
  private static List<String> java(long heapBytes) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--sun-misc-unsafe-memory-access=allow",
        "-Xms16m",
        "-Xmx" + heapBytes,
        "-Xss512k",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xlog:disable",
        "-Xlog:all=error:stderr"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(ARCHIVE))
        .forEach(command::add);
    return command;
  }

  private static List<String> sandbox(int slots) {
    return List.of(
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "sandbox",
        "--port",
        "0",
        "--slots",
        String.valueOf(Math.min(slots, SandboxCommand.MOST_SLOTS)));
  }
}
