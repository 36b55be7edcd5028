package io.gradelane.core.server;

import java.time.Duration;
import java.time.Instant;

/**
 * The life of a server, as the health verticle keeps it. Only legal moves are methods.
 *
 * <pre>
 *  Unknown ──probe ok──► Ready ⇄ Suspect ──► Down ──probe ok──► Warming ──► Ready
 *                          │ drain                               (slow start)
 *                          ▼
 *                       Draining ──idle──► Drained ──undrain──► Unknown
 * </pre>
 *
 * {@code drain} is the operator's and possible in every state; a server that is draining or drained is still probed,
 * but only the operator takes it back.
 */
public sealed interface ServerState {

  /** When this state began. */
  Instant since();

  /** Whether new runs may be granted on a server in this state. */
  default boolean grantable() {
    return false;
  }

  /** Why it is in trouble; empty if it is not. */
  default String cause() {
    return "";
  }

  /** The word used in JSON, logs and metrics. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  /** The operator's word: nothing new starts there. */
  default ServerState drain(Instant now) {
    return new Draining(now);
  }

  /** Configured, never yet reached. */
  record Unknown(Instant since) implements ServerState {
    public Ready ready(Instant now) {
      return new Ready(now, 0);
    }

    /** It has just come into being, so it starts slowly. */
    public Warming warming(Instant now) {
      return new Warming(now, 0);
    }

    public Down down(String cause, Instant now) {
      return new Down(cause, now, 1);
    }
  }

  /**
   * Takes runs.
   *
   * @param ejections how often in a row it went down before, 0 or more
   */
  record Ready(Instant since, int ejections) implements ServerState {

    public Ready(Instant since) {
      this(since, 0);
    }

    @Override
    public boolean grantable() {
      return true;
    }

    public Suspect suspect(String cause, Instant now) {
      return new Suspect(cause, now, ejections);
    }

    /** @param calm after so long without trouble its earlier ejections are forgotten */
    public Down down(String cause, Duration calm, Instant now) {
      boolean forgotten = Duration.between(since, now).compareTo(calm) >= 0;
      return new Down(cause, now, forgotten ? 1 : ejections + 1);
    }
  }

  /** A probe failed, or runs did: takes runs still, until the next probe says. */
  record Suspect(String cause, Instant since, int ejections) implements ServerState {

    public Suspect(String cause, Instant since) {
      this(cause, since, 0);
    }

    @Override
    public boolean grantable() {
      return true;
    }

    public Ready ready(Instant now) {
      return new Ready(now, ejections);
    }

    public Down down(String lastCause, Instant now) {
      return new Down(lastCause, now, ejections + 1);
    }
  }

  /**
   * Takes nothing for a time that grows with {@code ejections}, and then until a probe succeeds.
   *
   * @param ejections how often in a row it went down without having been ready for long, 1 or more
   */
  record Down(String cause, Instant since, int ejections) implements ServerState {
    public Warming warming(Instant now) {
      return new Warming(now, ejections);
    }

    /** Probed again in vain. */
    public Down still(String newCause) {
      return new Down(newCause, since, ejections);
    }
  }

  /** Back, and taking runs up to a limit that grows: slow start. */
  record Warming(Instant since, int ejections) implements ServerState {
    @Override
    public boolean grantable() {
      return true;
    }

    public Ready ready(Instant now) {
      return new Ready(now, ejections);
    }

    public Down down(String cause, Instant now) {
      return new Down(cause, now, ejections + 1);
    }

    /** The share of its slots that may be used {@code now}: from a tenth to all in {@code warmUp}. */
    public double share(Instant now, Duration warmUp) {
      if (warmUp.isZero()) {
        return 1;
      }
      double done = (double) Duration.between(since, now).toMillis() / warmUp.toMillis();
      return Math.clamp(done, 0.1, 1.0);
    }
  }

  /** Takes nothing new; what runs there ends. */
  record Draining(Instant since) implements ServerState {
    @Override
    public ServerState drain(Instant now) {
      return this;
    }

    public Drained drained(Instant now) {
      return new Drained(now);
    }

    public Unknown undrain(Instant now) {
      return new Unknown(now);
    }
  }

  /** Idle, by the operator's word. */
  record Drained(Instant since) implements ServerState {
    @Override
    public ServerState drain(Instant now) {
      return this;
    }

    public Unknown undrain(Instant now) {
      return new Unknown(now);
    }
  }
}
