package io.gradelane.cluster.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The file that all nodes share: servers and the key. What differs from node to node is environment. */
final class Configuration {

  static final String KEY = "gl_harness_0123456789abcdef";

  private Configuration() {}

  /** A server as the nodes are told of it. */
  record Server(String name, String url, int slots, int cores) {

    private String line() {
      return "  - {id: %s, url: '%s', slots: %d, cores: %d}\n".formatted(name, url, slots, cores);
    }
  }

  static Path write(Path folder, List<Server> all) {
    String servers = all.stream().map(Server::line).collect(Collectors.joining());
    try {
      return Files.writeString(
          folder.resolve("gradelane.yaml"), """
              servers:
              %saccess:
                keys:
                  - {name: harness, sha256: %s, scopes: [run, admin]}
              drain: {delay: 1s, timeout: 60s}
              log: {format: text, level: info}
              """.formatted(servers, sha256(KEY)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
