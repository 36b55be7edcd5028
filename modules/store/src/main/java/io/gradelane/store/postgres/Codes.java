package io.gradelane.store.postgres;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.AttemptEnding.Dropped;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.AttemptEnding.Rejected;
import io.gradelane.core.job.AttemptEnding.Vanished;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Cancelled;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Reuse;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.Delivery;
import java.util.List;

/** The numbers that stand in columns for kinds of things. Never changed, only added to. */
final class Codes {

  static final int WAITING = 0;
  static final int RUNNING = 1;
  static final int FINISHED = 2;
  static final int DEAD = 3;
  static final int CANCELLED = 4;

  static final int RAN = 1;
  static final int REFUSED = 2;
  static final int LOST = 3;
  static final int VANISHED = 4;
  static final int REJECTED = 5;
  static final int DROPPED = 6;

  static final int SUBMITTED = 1;
  static final int PROGRESS = 2;
  static final int STEERED = 3;
  static final int ENDED = 4;
  static final int REOPENED = 5;

  private static final List<String> STATES =
      List.of("waiting", "running", "finished", "dead", "cancelled");

  private Codes() {}

  static int of(JobState state) {
    return switch (state) {
      case Waiting waiting -> WAITING;
      case Running running -> RUNNING;
      case Finished finished -> FINISHED;
      case Dead dead -> DEAD;
      case Cancelled cancelled -> CANCELLED;
    };
  }

  static int of(AttemptEnding ending) {
    return switch (ending) {
      case Ran ran -> RAN;
      case Refused refused -> REFUSED;
      case Lost lost -> LOST;
      case Vanished vanished -> VANISHED;
      case Rejected rejected -> REJECTED;
      case Dropped dropped -> DROPPED;
    };
  }

  static AttemptEnding ending(int code, int outcome, String reason) {
    return switch (code) {
      case RAN -> new Ran(outcome);
      case REFUSED -> new Refused();
      case LOST -> new Lost(reason);
      case VANISHED -> new Vanished();
      case REJECTED -> new Rejected(reason);
      case DROPPED -> new Dropped();
      default -> throw new IllegalStateException("ending " + code + " (expected: 1 to 6)");
    };
  }

  static BatchEvent.Kind kind(int code) {
    return switch (code) {
      case SUBMITTED -> BatchEvent.Kind.SUBMITTED;
      case PROGRESS -> BatchEvent.Kind.PROGRESS;
      case STEERED -> BatchEvent.Kind.STEERED;
      case ENDED -> BatchEvent.Kind.ENDED;
      case REOPENED -> BatchEvent.Kind.REOPENED;
      default -> throw new IllegalStateException("event " + code + " (expected: 1 to 5)");
    };
  }

  static int of(Reuse reuse) {
    return switch (reuse) {
      case NEVER -> 0;
      case KNOWN -> 1;
      case REFRESH -> 2;
    };
  }

  static Reuse reuse(int code) {
    return switch (code) {
      case 0 -> Reuse.NEVER;
      case 1 -> Reuse.KNOWN;
      case 2 -> Reuse.REFRESH;
      default -> throw new IllegalStateException("reuse " + code + " (expected: 0 to 2)");
    };
  }

  static int of(Delivery.State state) {
    return switch (state) {
      case WAITING -> 0;
      case DELIVERED -> 1;
      case DEAD -> 2;
    };
  }

  static Delivery.State delivery(int code) {
    return switch (code) {
      case 0 -> Delivery.State.WAITING;
      case 1 -> Delivery.State.DELIVERED;
      case 2 -> Delivery.State.DEAD;
      default -> throw new IllegalStateException("delivery " + code + " (expected: 0 to 2)");
    };
  }

  /** @throws IllegalArgumentException if it is the word of no state */
  static int state(String word) {
    int code = STATES.indexOf(word);
    if (code < 0) {
      throw new IllegalArgumentException(
          "state: '" + word + "' (expected: one of " + String.join(", ", STATES) + ")");
    }
    return code;
  }

  static String word(int state) {
    return STATES.get(state);
  }
}
