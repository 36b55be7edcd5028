package io.gradelane.core.hook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows an answer, or its absence.
 *
 * @param first pause after the first try, above zero
 * @param longest pause that we choose
 * @param longestAsked pause that an endpoint may ask for
 */
public record Redelivery(Duration first, Duration longest, Duration longestAsked) {

  public static final Redelivery DEFAULT =
      new Redelivery(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(6));

  /** So long a delivery is tried; then it is dead, and listed. */
  public static final Duration GIVE_UP = Duration.ofHours(24);

  private static final int GONE = 410;
  private static final int MOST_DOUBLINGS = 20;

  /** What is to be done. */
  public sealed interface Next {}

  /** Nothing: it has arrived. */
  public record Arrived() implements Next {}

  /** Once more after the pause, if that is soon enough. */
  public record Again(Duration pause) implements Next {}

  /** Nothing, and nothing else is to be sent there either. */
  public record Unwanted() implements Next {}

  /**
   * @param status of the answer, 0 for none
   * @param tries this one included
   * @param asked the pause that the endpoint asked for, or null
   * @param jitter from 0 to 1
   */
  public Next after(int status, int tries, @Nullable Duration asked, double jitter) {
    if (status >= 200 && status < 300) {
      return new Arrived();
    }
    return status == GONE ? new Unwanted() : new Again(pause(tries, asked, jitter));
  }

  /** From half of the doubled pause to the whole; what was asked for, if that is longer. */
  private Duration pause(int tries, @Nullable Duration asked, double jitter) {
    int doublings = Math.clamp(tries - 1L, 0, MOST_DOUBLINGS);
    double whole =
        Math.min((double) longest.toMillis(), Math.scalb((double) first.toMillis(), doublings));
    long ours = (long) (whole * (0.5 + jitter / 2));
    long theirs = asked == null ? 0 : Math.min(asked.toMillis(), longestAsked.toMillis());
    return Duration.ofMillis(Math.max(ours, theirs));
  }
}
