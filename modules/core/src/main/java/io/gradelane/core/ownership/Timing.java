package io.gradelane.core.ownership;

/** The times of the conversation, in nanoseconds. */
final class Timing {

  static final long MILLI = 1_000_000L;

  /** Between two beats of the owner. */
  static final long BEAT = 500 * MILLI;

  /** After so long without a word an owner, or a node, is taken for gone. */
  static final long SILENCE = 3_000 * MILLI;

  /** The same if its member has left the cluster too; longer than a digest is due, which is the longest pause. */
  static final long SILENCE_OF_GONE_NODE = 1_200 * MILLI;

  static final long SILENCE_OF_GONE_OWNER = 600 * MILLI;

  /** Each further candidate gives the ones before it so long. */
  static final long CANDIDATE = 1_000 * MILLI;

  /** An owner that has not beaten for so long was frozen: others may have taken over, so it asks before it grants. */
  static final long FROZEN = 2_000 * MILLI;

  /** The longest that a takeover waits for reports. */
  static final long REPORTS = 1_000 * MILLI;

  static final long ANNOUNCE_AGAIN = 200 * MILLI;
  static final long HAND_OVER_AGAIN = 100 * MILLI;

  /** Told, and no answer: told again. */
  static final long RESEND = 500 * MILLI;

  /** What has come is acknowledged so much later if nothing else goes that way. */
  static final long ACKNOWLEDGE = 100 * MILLI;

  static final long DIGEST = 1_000 * MILLI;

  /** Members that have vanished without a word count so long, in case they are only cut off. */
  static final long STABLE = 120_000 * MILLI;

  private Timing() {}
}
