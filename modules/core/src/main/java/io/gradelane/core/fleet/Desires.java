package io.gradelane.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many hosts the rules wanted lately, before any bound and before any holding: what is held back is never remembered
 * as a wish, so that holding can't feed on itself.
 *
 * <p>Only what may still be the greatest is kept: each value is below the one before it.
 *
 * @param since the first moment from which on nothing is missing; null if nothing is known
 * @param last the newest
 */
public record Desires(@Nullable Instant since, int last, List<Desire> greatest) {

  public static final Desires NONE = new Desires(null, 0, List.of());

  /** So many hosts were wanted at this moment. */
  public record Desire(Instant at, int hosts) {}

  public Desires {
    greatest = List.copyOf(greatest);
  }

  /** One more; what is older than {@code hold} is forgotten. */
  public Desires note(Instant at, int hosts, Duration hold) {
    Instant oldest = at.minus(hold);
    List<Desire> kept = new ArrayList<>();
    for (Desire desire : greatest) {
      if (desire.hosts() > hosts && !desire.at().isBefore(oldest)) {
        kept.add(desire);
      }
    }
    kept.add(new Desire(at, hosts));
    return new Desires(since == null ? at : since, hosts, kept);
  }

  /** Nobody could tell: the last that was known goes on to count. */
  Desires goOn(Instant at, Duration hold) {
    return since == null ? this : note(at, last, hold);
  }

  /** The greatest that is remembered. */
  Desire most(Instant now) {
    return greatest.isEmpty() ? new Desire(now, 0) : greatest.getFirst();
  }

  /** Whether the whole time of {@code hold} before {@code now} is known. */
  boolean cover(Instant now, Duration hold) {
    return since != null && !since.isAfter(now.minus(hold));
  }
}
