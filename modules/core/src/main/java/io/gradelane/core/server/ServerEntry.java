package io.gradelane.core.server;

import java.util.Map;

/**
 * One server as all nodes see it: an entry of the server map, replaced whole.
 *
 * @param spec what is configured, with the operator's changes (weight, slots) applied
 * @param state its life
 * @param languages language id to version, as the server last told; empty until it has been reached
 * @param version counts replacements from 1, so that a compare-and-set has something to compare
 */
public record ServerEntry(
    ServerSpec spec, ServerState state, Map<String, String> languages, long version) {

  public ServerEntry {
    languages = Map.copyOf(languages);
  }

  public String id() {
    return spec.id();
  }

  public ServerEntry with(ServerState newState) {
    return new ServerEntry(spec, newState, languages, version + 1);
  }

  public ServerEntry with(ServerSpec newSpec) {
    return new ServerEntry(newSpec, state, languages, version + 1);
  }

  public ServerEntry withLanguages(Map<String, String> newLanguages) {
    return new ServerEntry(spec, state, newLanguages, version + 1);
  }
}
