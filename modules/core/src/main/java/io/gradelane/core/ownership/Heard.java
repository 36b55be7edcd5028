package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage.Beat;

/**
 * An owner's word of what is held, and when it came. What is left of a permit's time shrinks while the word is kept: else
 * every owner would hold the slots of the dead longer than the one before.
 */
record Heard(Beat beat, long at) {

  Term term() {
    return beat.term();
  }

  /** What it comes to now. */
  Beat by(long now) {
    return beat.after(Math.max(0, (now - at) / Timing.MILLI));
  }
}
