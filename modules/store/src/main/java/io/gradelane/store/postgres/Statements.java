package io.gradelane.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SQL by name, from {@code sql/<name>.sql}. Thread-safe. */
final class Statements {

  private static final Map<String, String> READ = new ConcurrentHashMap<>();

  private Statements() {}

  static String named(String name) {
    return READ.computeIfAbsent(name, Statements::read);
  }

  private static String read(String name) {
    try (InputStream file = Statements.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("no statement sql/" + name + ".sql");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
