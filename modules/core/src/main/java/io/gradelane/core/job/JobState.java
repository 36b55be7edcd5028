package io.gradelane.core.job;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The life of a job. Only legal moves are methods.
 *
 * <pre>
 *  Waiting ──claim──► Running ──finish──► Finished
 *    ▲ ▲ │              │ │ │
 *    │ │ │              │ │ └──die──► Dead ──redrive──► Waiting
 *    │ │ └──cancel──► Cancelled ◄──cancel (what comes is dropped)
 *    │ └────────retry───┘
 *    └── rescue (its node's session has died)
 * </pre>
 *
 * A student's failing program is a finished job.
 */
public sealed interface JobState {

  /** Attempts that were begun, 0 or more. */
  int attempts();

  /** Whether nothing more happens to it, unless somebody drives it again. */
  default boolean isFinal() {
    return true;
  }

  /** The word used in JSON, logs and metrics. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * Waits for a grant.
   *
   * @param strikes servers and nodes that vanished under it
   * @param lastServer where the last attempt was, or null
   */
  record Waiting(int attempts, int strikes, @Nullable String lastServer) implements JobState {

    /** As it was submitted. */
    public static final Waiting NEW = new Waiting(0, 0, null);

    public Running claim(long session, String server) {
      return new Running(attempts + 1, strikes, session, server);
    }

    public Cancelled cancel() {
      return new Cancelled(attempts);
    }

    @Override
    public boolean isFinal() {
      return false;
    }
  }

  /**
   * Claimed by a node, for one attempt.
   *
   * @param attempts this one included
   * @param session the node's
   */
  record Running(int attempts, int strikes, long session, String server) implements JobState {

    public Finished finish(int outcome) {
      return new Finished(attempts, outcome);
    }

    /** @param struck whether server or node vanished under it */
    public Waiting retry(boolean struck) {
      return new Waiting(attempts, struck ? strikes + 1 : strikes, server);
    }

    public Dead die(String reason) {
      return new Dead(attempts, reason);
    }

    public Cancelled cancel() {
      return new Cancelled(attempts);
    }

    @Override
    public boolean isFinal() {
      return false;
    }
  }

  /**
   * A server has run it.
   *
   * @param outcome Jobe's
   */
  record Finished(int attempts, int outcome) implements JobState {}

  /** Given up; listed until somebody drives it again. */
  record Dead(int attempts, String reason) implements JobState {

    public Waiting redrive() {
      return new Waiting(attempts, 0, null);
    }
  }

  /** Its batch was cancelled before it had ended. */
  record Cancelled(int attempts) implements JobState {}
}
