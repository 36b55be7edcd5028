package io.gradelane.core.fleet;

import io.gradelane.core.fleet.HostState.Living;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One host as the table holds it; replaced whole.
 *
 * @param ref the provider's own name for it; empty until the provider has told it
 * @param address where its server is asked, as a URL; empty until it is known
 * @param created when it was first written down: the order of age
 * @param began when each of its states began last, by the state's word
 * @param version counts replacements from 1, so that a compare-and-set has something to compare
 */
public record Host(
    HostId id,
    String ref,
    String address,
    Instant created,
    HostState state,
    Map<String, Instant> began,
    long version) {

  public Host {
    began = Map.copyOf(began);
  }

  /** One that is new here. */
  public static Host born(HostId id, String ref, String address, HostState state) {
    Instant since = state.since();
    return new Host(id, ref, address, since, state, Map.of(state.word(), since), 1);
  }

  public Host to(HostState next) {
    Map<String, Instant> begun = new LinkedHashMap<>(began);
    begun.put(next.word(), next.since());
    return new Host(id, ref, address, created, next, begun, version + 1);
  }

  /** The same, now that the provider has told its name, and perhaps its address. */
  public Host located(String itsRef, String itsAddress) {
    return new Host(
        id,
        itsRef,
        itsAddress.isEmpty() ? address : itsAddress,
        created,
        state,
        began,
        version + 1);
  }

  /** The same, now that the provider has it no more; empty if that was known. */
  public Optional<Host> ended(String why, Instant now) {
    return state instanceof Living living
        ? Optional.of(to(living.gone(why, now)))
        : Optional.empty();
  }

  /** Whether the provider may still have it. */
  public boolean living() {
    return state instanceof Living;
  }
}
