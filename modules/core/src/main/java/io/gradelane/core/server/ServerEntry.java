package io.gradelane.core.server;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One server as all nodes see it: an entry of the server map, replaced whole.
 *
 * @param spec what is configured, with the operator's changes (weight, slots) applied: what holds
 * @param state its life
 * @param languages language id to version, as the server last told; empty until it has been reached
 * @param version counts replacements from 1, so that a compare-and-set has something to compare
 * @param configured what the configuration says of it
 * @param word what an operator has said of it; null if nobody has, or an older node has lost it
 */
public record ServerEntry(
    ServerSpec spec,
    ServerState state,
    Map<String, String> languages,
    long version,
    ServerSpec configured,
    @Nullable ServerWord word) {

  public ServerEntry {
    languages = Map.copyOf(languages);
  }

  /** A server of which no operator has said anything. */
  public ServerEntry(
      ServerSpec configured, ServerState state, Map<String, String> languages, long version) {
    this(configured, state, languages, version, configured, null);
  }

  public String id() {
    return spec.id();
  }

  /** What an operator has said of it, as far as that can be told. */
  public ServerWord said() {
    return word != null ? word : ServerWord.between(configured, spec);
  }

  public ServerEntry with(ServerState newState) {
    return new ServerEntry(spec, newState, languages, version + 1, configured, word);
  }

  /** With the fleet's mark, or without it. */
  public ServerEntry with(ServerSpec remarked) {
    return new ServerEntry(remarked, state, languages, version + 1, configured, word);
  }

  /** As an operator says, in the state that comes of it. */
  public ServerEntry saying(ServerWord next, ServerState then) {
    return new ServerEntry(
        marked(next.on(configured)), then, languages, version + 1, configured, next);
  }

  /** As an operator said at some time; this very entry if something was said since. */
  public ServerEntry remembering(ServerWord kept, Instant now) {
    if (kept.at() <= said().at()) {
      return this;
    }
    return saying(kept, kept.drain() ? state.drain(now) : state);
  }

  /** With what is configured now; where an operator has said something else, or the fleet its mark, that stays. */
  public ServerEntry configuredAs(ServerSpec now) {
    return new ServerEntry(marked(said().on(now)), state, languages, version + 1, now, word);
  }

  private ServerSpec marked(ServerSpec other) {
    return FleetMark.of(spec).map(mark -> mark.on(other)).orElse(other);
  }

  public ServerEntry withLanguages(Map<String, String> newLanguages) {
    return new ServerEntry(spec, state, newLanguages, version + 1, configured, word);
  }
}
