package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A load balancer of the system's in front of the nodes, set up as the README says: what was sent to a node that broke
 * off is sent to another.
 */
enum Balancer {
  HAPROXY("haproxy") {
    @Override
    String configured(int port, Path folder, List<Node> nodes) {
      return """
          global
            maxconn 4000
            tune.bufsize 65536
          defaults
            mode http
            timeout connect 1s
            timeout client 120s
            timeout server 120s
            timeout check 1s
          frontend in
            bind 127.0.0.1:%d
            default_backend nodes
          backend nodes
            balance leastconn
            option httpchk GET /readyz
            option redispatch 1
            option http-buffer-request
            retries 3
            retry-on conn-failure empty-response
            default-server check inter 250ms fall 2 rise 2 slowstart 5s
          """.formatted(port) + each(nodes, "  server %s %s:%d\n");
    }

    @Override
    List<String> command(Path program, Path configuration, Path folder) {
      return List.of(program.toString(), "-db", "-f", configuration.toString());
    }
  },

  NGINX("nginx") {
    @Override
    String configured(int port, Path folder, List<Node> nodes) {
      return """
          daemon off;
          worker_processes 1;
          error_log %1$s/nginx-error.log;
          pid %1$s/nginx.pid;
          events { worker_connections 4096; }
          http {
            access_log off;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
            upstream nodes {
              least_conn;
              keepalive 64;
          %3$s  }
            server {
              listen 127.0.0.1:%2$d;
              location / {
                proxy_pass http://nodes;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_connect_timeout 1s;
                proxy_read_timeout 120s;
                proxy_next_upstream error timeout non_idempotent http_502 http_503;
                proxy_next_upstream_tries 3;
              }
            }
          }
          """.formatted(
          folder, port, each(nodes, "    # %s\n    server %s:%d max_fails=1 fail_timeout=2s;\n"));
    }

    @Override
    List<String> command(Path program, Path configuration, Path folder) {
      return List.of(program.toString(), "-c", configuration.toString(), "-p", folder.toString());
    }
  };

  private static final Duration LONGEST_START = Duration.ofSeconds(20);

  private final String program;

  Balancer(String program) {
    this.program = program;
  }

  abstract String configured(int port, Path folder, List<Node> nodes);

  abstract List<String> command(Path program, Path configuration, Path folder);

  /** Starts it; returns its address when it passes requests on. */
  URI start(Processes processes, Path folder, List<Node> nodes) {
    int port = Ports.next();
    Path configuration = folder.resolve(program + ".conf");
    try {
      Files.writeString(configuration, configured(port, folder, nodes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    processes.start(program, command(installed(), configuration, folder), Map.of());
    URI url = URI.create("http://127.0.0.1:" + port);
    Eventually.await(
        program + " passes requests on",
        LONGEST_START,
        () -> Web.get(url.resolve("/readyz")).status() == 200);
    return url;
  }

  private Path installed() {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            program + " is not installed (expected: the system's package " + program + ")"));
  }

  /** A line for each node, of its name, host and port. */
  private static String each(List<Node> nodes, String line) {
    return nodes.stream()
        .map(node ->
            line.formatted(node.name(), node.address().host(), node.address().http()))
        .collect(Collectors.joining());
  }
}
