package io.gradelane.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The languages that this machine has.
 *
 * @param found by id
 * @param missing ids of those that a sandbox could run but that are not installed
 */
record Toolbox(SortedMap<String, Found> found, List<String> missing) {

  record Found(Language language, String version) {}

  Optional<Language> language(String id) {
    return Optional.ofNullable(found.get(id)).map(Found::language);
  }

  boolean has(String id) {
    return found.containsKey(id);
  }

  /** Versions by id, in the order in which Jobe lists them. */
  Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    found.forEach((id, language) -> versions.put(id, language.version()));
    return Collections.unmodifiableMap(versions);
  }
}
