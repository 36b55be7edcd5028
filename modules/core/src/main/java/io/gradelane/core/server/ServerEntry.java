package io.gradelane.core.server;

import java.util.Map;

/**
 * One server as all nodes see it: an entry of the server map, replaced whole.
 *
 * @param spec what is configured, with the operator's changes (weight, slots) applied: what holds
 * @param state its life
 * @param languages language id to version, as the server last told; empty until it has been reached
 * @param version counts replacements from 1, so that a compare-and-set has something to compare
 * @param configured what the configuration says of it
 */
public record ServerEntry(
    ServerSpec spec,
    ServerState state,
    Map<String, String> languages,
    long version,
    ServerSpec configured) {

  public ServerEntry {
    languages = Map.copyOf(languages);
  }

  /** A server of which an operator has changed nothing. */
  public ServerEntry(
      ServerSpec configured, ServerState state, Map<String, String> languages, long version) {
    this(configured, state, languages, version, configured);
  }

  public String id() {
    return spec.id();
  }

  public ServerEntry with(ServerState newState) {
    return new ServerEntry(spec, newState, languages, version + 1, configured);
  }

  /** With an operator's change. */
  public ServerEntry with(ServerSpec newSpec) {
    return new ServerEntry(newSpec, state, languages, version + 1, configured);
  }

  /** With what is configured now; where an operator has set something else, or the fleet its mark, that stays. */
  public ServerEntry configuredAs(ServerSpec now) {
    boolean resized = spec.slots() != configured.slots() || spec.cores() != configured.cores();
    boolean reweighted = spec.weight() != configured.weight();
    ServerSpec amended = new ServerSpec(
        now.id(),
        now.url(),
        now.apiKey(),
        resized ? spec.slots() : now.slots(),
        resized ? spec.cores() : now.cores(),
        reweighted ? spec.weight() : now.weight(),
        now.labels());
    ServerSpec marked = FleetMark.of(spec).map(mark -> mark.on(amended)).orElse(amended);
    return new ServerEntry(marked, state, languages, version + 1, now);
  }

  public ServerEntry withLanguages(Map<String, String> newLanguages) {
    return new ServerEntry(spec, state, newLanguages, version + 1, configured);
  }
}
