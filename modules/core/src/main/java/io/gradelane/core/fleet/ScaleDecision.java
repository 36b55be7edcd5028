package io.gradelane.core.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many hosts there should be at one moment, with all that led to it.
 *
 * @param load empty if it was not known
 * @param wishes of every rule, the one that won first
 * @param slots that the winner wants
 * @param raw hosts that this takes, before any bound
 * @param held hosts that were wanted at {@code heldFrom}; {@code raw} if nothing greater is remembered
 * @param mayShrink whether enough is known to drain anything
 * @param target hosts that there should be
 * @param why all of this in sentences
 */
public record ScaleDecision(
    Instant at,
    Optional<Load> load,
    List<Wish> wishes,
    int slots,
    int raw,
    int held,
    Instant heldFrom,
    boolean mayShrink,
    int target,
    String why) {

  public ScaleDecision {
    wishes = List.copyOf(wishes);
  }
}
