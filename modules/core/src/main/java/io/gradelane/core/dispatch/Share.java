package io.gradelane.core.dispatch;

import org.jspecify.annotations.Nullable;

/** Somebody with a claim to a fair share of slot time: a tenant in a lane, or a user within a tenant. */
abstract sealed class Share permits TenantFlows, UserFlow {

  /**
   * Slot time taken, in milliseconds on the scale of the ring it belongs to: estimated at the grant, corrected at the
   * end. {@code level − used} is what round robin calls its deficit.
   */
  long used;

  @Nullable
  Share previous;

  @Nullable
  Share next;

  final KindCounts kinds = new KindCounts();

  /** Runs waiting. */
  int waiting;

  /** Permits out, the quarantined ones not counted. */
  int inFlight;

  /** When it last had a run waiting or in flight; only then can it be forgotten. */
  long idleSince;

  /** Whether it has a run that may go now. */
  abstract boolean eligible(long open);

  boolean idle() {
    return waiting == 0 && inFlight == 0;
  }
}
