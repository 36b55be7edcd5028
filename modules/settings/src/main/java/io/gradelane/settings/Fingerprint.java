package io.gradelane.settings;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether two nodes are configured alike: a short hash for each part of the settings in which nodes should not
 * differ, such as {@code access=5f0c1a2b drain=…}.
 */
public final class Fingerprint {

  private static final int BYTES = 4;

  private Fingerprint() {}

  /** The same on every node and in every process for the same settings. Shows no secret. */
  public static String of(Settings settings) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("access", settings.access());
    parts.put("drain", settings.drain());
    parts.put("files", settings.files());
    parts.put("fleet", settings.fleet());
    parts.put("health", settings.health());
    parts.put("limits", settings.limits());
    parts.put("pool", settings.pool());
    parts.put("servers", settings.servers());
    return parts.entrySet().stream()
        .map(part -> part.getKey() + "=" + hash(canonical(part.getValue())))
        .collect(Collectors.joining(" "));
  }

  /** The names of the parts in which two of them differ, in order. */
  public static List<String> differing(String one, String other) {
    Map<String, String> left = parts(one);
    Map<String, String> right = parts(other);
    Set<String> names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(left.get(name), right.get(name)))
        .toList();
  }

  private static Map<String, String> parts(String fingerprint) {
    Map<String, String> parts = new HashMap<>();
    for (String part : fingerprint.split(" ", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return parts;
  }

  /** A text that does not depend on the order of sets and mappings, which differs from process to process. */
  private static String canonical(@Nullable Object value) {
    return switch (value) {
      case Record fields ->
        Arrays.stream(fields.getClass().getRecordComponents())
            .map(component -> canonical(read(component, fields)))
            .collect(Collectors.joining(",", "(", ")"));
      case Map<?, ?> map ->
        map.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + canonical(entry.getValue()))
            .sorted()
            .collect(Collectors.joining(",", "{", "}"));
      case Set<?> set ->
        set.stream()
            .map(Fingerprint::canonical)
            .sorted()
            .collect(Collectors.joining(",", "<", ">"));
      case Collection<?> list ->
        list.stream().map(Fingerprint::canonical).collect(Collectors.joining(",", "[", "]"));
      case null -> "-";
      default -> value.toString();
    };
  }

  private static @Nullable Object read(RecordComponent component, Record fields) {
    try {
      return component.getAccessor().invoke(fields);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
