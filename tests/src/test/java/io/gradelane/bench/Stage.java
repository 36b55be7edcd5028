package io.gradelane.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of one benchmark, each on a loopback port of its own. Closing it stops them all and deletes their
 * folders.
 */
final class Stage implements AutoCloseable {

  private static final long START_SECONDS = 30;

  /** A process that listens. */
  record Player(String name, int port, Process process) {

    /** Processor time so far, its children's included. */
    Duration cpu() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  private final Deque<Process> processes = new ArrayDeque<>();
  private final Path folder = Files.createTempDirectory("gradelane-bench");

  Stage() throws IOException {}

  /** A {@link LeanJobe} with its options. */
  Player leanJobe(String... options) throws IOException {
    return java("direct", LeanJobe.class, options);
  }

  /** Another JVM that runs a class of these tests; it says {@code listening <port>} when it is ready. */
  Player java(String name, Class<?> main, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("-Xmx128m", main.getName()));
    args.addAll(List.of(options));
    Process process = start(java(args), Map.of(), name, ProcessBuilder.Redirect.PIPE);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("listening ")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(name + " did not start:\n" + said(name + "-err"));
    }
    return new Player(name, Integer.parseInt(line.substring("listening ".length())), process);
  }

  /** Null-free: empty if the program is not installed. */
  Optional<Player> haproxy(String name, String backend) throws IOException {
    Optional<Path> program = installed("haproxy");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = freePort();
    Path config = Files.writeString(folder.resolve(name + ".cfg"), """
        global
          maxconn 8000
        defaults
          mode http
          timeout connect 5s
          timeout client 600s
          timeout server 600s
          timeout queue 600s
          http-reuse safe
        frontend jobe
          bind 127.0.0.1:%d backlog 4096
          maxconn 8000
        %s""".formatted(port, backend));
    Process process = start(
        List.of(program.get().toString(), "-f", config.toString(), "-db"),
        Map.of(),
        name,
        ProcessBuilder.Redirect.DISCARD);
    return Optional.of(listening(name, port, process));
  }

  /** A reverse proxy with kept connections and nothing else; empty if nginx is not installed. */
  Optional<Player> nginx(int target) throws IOException {
    Optional<Path> program = installed("nginx");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = freePort();
    Path config =
        Files.writeString(folder.resolve("nginx.conf"), """
        daemon off;
        worker_processes 2;
        error_log stderr;
        pid %1$s/nginx.pid;
        events { worker_connections 8192; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          client_body_buffer_size 64k;
          keepalive_requests 10000000;
          upstream jobe { server 127.0.0.1:%2$d; keepalive 512; keepalive_requests 10000000; }
          server {
            listen 127.0.0.1:%3$d backlog=4096;
            location / {
              proxy_pass http://jobe;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_read_timeout 600s;
            }
          }
        }
        """.formatted(folder, target, port));
    Process process = start(
        List.of(program.get().toString(), "-c", config.toString(), "-p", folder.toString()),
        Map.of(),
        "nginx",
        ProcessBuilder.Redirect.DISCARD);
    return Optional.of(listening("nginx", port, process));
  }

  /**
   * A node of Gradelane from the shaded jar, configured by its environment alone.
   *
   * @param servers YAML, as for {@code GRADELANE_SERVERS}
   */
  Player gradelane(String name, String servers, Map<String, String> more) throws IOException {
    int port = freePort();
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("GRADELANE_HTTP_PORT", String.valueOf(port));
    environment.put("GRADELANE_DATA_DIR", folder.resolve(name + "-data").toString());
    environment.put("GRADELANE_SERVERS", servers);
    environment.putIfAbsent("GRADELANE_LOG_LEVEL", "warn");
    Process process = start(
        java(List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xms64m",
            "-Xmn32m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-jar",
            jar().toString(),
            "up")),
        environment,
        name,
        ProcessBuilder.Redirect.to(log(name).toFile()));
    return ready(listening(name, port, process));
  }

  /** The embedded sandbox alone. */
  Player sandbox(int slots) throws IOException {
    int port = freePort();
    Process process = start(
        java(List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-jar",
            jar().toString(),
            "sandbox",
            "--port",
            String.valueOf(port),
            "--slots",
            String.valueOf(slots))),
        Map.of(),
        "sandbox",
        ProcessBuilder.Redirect.to(log("sandbox").toFile()));
    return listening("direct", port, process);
  }

  /** Stops one before the others. */
  void stop(Player player) {
    stop(player.process);
  }

  @Override
  public void close() throws IOException {
    while (!processes.isEmpty()) {
      stop(processes.pop());
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private Process start(
      List<String> command,
      Map<String, String> environment,
      String name,
      ProcessBuilder.Redirect out)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectOutput(out)
        .redirectError(log(name + "-err").toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("GRADELANE_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.push(process);
    return process;
  }

  private Player listening(String name, int port, Process process) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!connects(port)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IOException(name + " did not start:\n" + said(name) + said(name + "-err"));
      }
      pause(process);
    }
    return new Player(name, port, process);
  }

  /** Also waits until it would take runs. */
  private Player ready(Player player) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Http.get(player.port, "/jobe/index.php/restapi/languages").body().contains("python3")) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(player.name + " found no server:\n" + said(player.name));
      }
      pause(player.process);
    }
    return player;
  }

  private String said(String name) throws IOException {
    return Files.exists(log(name)) ? Files.readString(log(name)) : "";
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> java(List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!args.contains("-jar")) {
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
    }
    command.addAll(args);
    return command;
  }

  /** The shaded jar: {@code -Dgradelane.jar}, else where the build puts it. */
  private static Path jar() throws IOException {
    String named = System.getProperty("gradelane.jar");
    List<Path> places = named != null
        ? List.of(Path.of(named))
        : List.of(Path.of("target", "gradelane.jar"), Path.of("..", "target", "gradelane.jar"));
    return places.stream()
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(() -> new IOException("no shaded jar at " + places
            + " (expected: what bin/gradelane builds, or -Dgradelane.jar=...)"));
  }

  private static Optional<Path> installed(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause(Process process) {
    try {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
