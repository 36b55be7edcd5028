package io.gradelane.health;

import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerState.Down;
import io.gradelane.core.server.ServerState.Drained;
import io.gradelane.core.server.ServerState.Draining;
import io.gradelane.core.server.ServerState.Ready;
import io.gradelane.core.server.ServerState.Suspect;
import io.gradelane.core.server.ServerState.Unknown;
import io.gradelane.core.server.ServerState.Warming;
import java.time.Duration;
import java.time.Instant;

/** Says what becomes of a server's state. Pure; the table that it implements stands in the module's README. */
final class Judge {

  /**
   * The dispatcher may publish how busy it is just before it learns that the server drains, and grant one more run: so
   * only what it says a while later counts.
   */
  private static final Duration DRAIN_SETTLES = Duration.ofSeconds(2);

  private final HealthRules rules;

  Judge(HealthRules rules) {
    this.rules = rules;
  }

  /**
   * @param track with {@code sign} noted already
   * @param dispensable whether the pool can do without the server, should runs alone speak against it
   * @return {@code state} itself if nothing changes
   */
  ServerState next(ServerState state, Sign sign, Track track, boolean dispensable, Instant now) {
    return switch (sign) {
      case Sign.Told told -> told(state, track, now);
      case Sign.Ran ran -> ran(state, ran, now);
      case Sign.Failed failed -> failed(state, failed.cause(), track, now);
      case Sign.RunFailed run -> runFailed(state, run.cause(), track, dispensable, now);
      case Sign.RunWorked run -> state;
      case Sign.Idle idle -> idle(state, now);
      case Sign.Drain drain -> state.drain(now);
      case Sign.Undrain undrain -> undrained(state, now);
    };
  }

  private ServerState told(ServerState state, Track track, Instant now) {
    if (track.isDoubted()) {
      return state;
    }
    return state instanceof Suspect suspect ? suspect.ready(now) : warmed(state, now);
  }

  private ServerState ran(ServerState state, Sign.Ran ran, Instant now) {
    return switch (state) {
      case Unknown unknown -> arrived(unknown, ran.fresh(), now);
      case Suspect suspect -> suspect.ready(now);
      case Down down -> ran.early() || hasServed(down, now) ? back(down, now) : down;
      case Warming warming -> warmed(warming, now);
      case Ready ready -> ready;
      case Draining draining -> draining;
      case Drained drained -> drained;
    };
  }

  private ServerState arrived(Unknown unknown, boolean fresh, Instant now) {
    return fresh && !rules.warmUp().isZero() ? unknown.warming(now) : unknown.ready(now);
  }

  private ServerState back(Down down, Instant now) {
    Warming warming = down.warming(now);
    return rules.warmUp().isZero() ? warming.ready(now) : warming;
  }

  private boolean hasServed(Down down, Instant now) {
    return !left(down, now).isPositive();
  }

  private ServerState failed(ServerState state, String cause, Track track, Instant now) {
    boolean enough = track.failedProbes() >= rules.failures();
    return switch (state) {
      case Unknown unknown -> enough ? unknown.down(cause, now) : unknown;
      case Ready ready -> enough ? ready.down(cause, rules.calm(), now) : ready.suspect(cause, now);
      case Suspect suspect -> enough ? suspect.down(cause, now) : suspect;
      case Down down -> down.still(cause);
      case Warming warming -> warming.down(cause, now);
      case Draining draining -> draining;
      case Drained drained -> drained;
    };
  }

  private ServerState runFailed(
      ServerState state, String cause, Track track, boolean dispensable, Instant now) {
    boolean eject = dispensable && track.isConvicted();
    return switch (state) {
      case Ready ready -> eject ? ready.down(cause, rules.calm(), now) : ready.suspect(cause, now);
      case Suspect suspect -> eject ? suspect.down(cause, now) : suspect;
      case Warming warming -> eject ? warming.down(cause, now) : warming;
      case Unknown unknown -> unknown;
      case Down down -> down;
      case Draining draining -> draining;
      case Drained drained -> drained;
    };
  }

  private static ServerState idle(ServerState state, Instant now) {
    return state instanceof Draining draining
            && Duration.between(draining.since(), now).compareTo(DRAIN_SETTLES) >= 0
        ? draining.drained(now)
        : state;
  }

  private ServerState warmed(ServerState state, Instant now) {
    return state instanceof Warming warming && warming.share(now, rules.warmUp()) >= 1
        ? warming.ready(now)
        : state;
  }

  static ServerState undrained(ServerState state, Instant now) {
    return switch (state) {
      case Draining draining -> draining.undrain(now);
      case Drained drained -> drained.undrain(now);
      default -> state;
    };
  }

  /** How long to wait for the next probe after one has ended {@code now}. */
  Duration pause(ServerState state, Instant now) {
    return switch (state) {
      case Unknown unknown -> rules.interval().dividedBy(4);
      case Suspect suspect -> rules.interval().dividedBy(2);
      case Down down -> longer(rules.ejection(), left(down, now));
      default -> rules.interval();
    };
  }

  private Duration left(Down down, Instant now) {
    return Duration.between(now, down.since().plus(rules.ejection(down.ejections())));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Whether a probe of a server in this state must include a run, since only that can change it for the better. */
  boolean needsRun(ServerState state, Track track, Instant now) {
    return switch (state) {
      case Unknown unknown -> true;
      case Down down -> hasServed(down, now);
      case Suspect suspect -> track.isDoubted();
      case Ready ready -> track.isDoubted();
      case Warming warming -> track.isDoubted();
      case Draining draining -> false;
      case Drained drained -> false;
    };
  }
}
