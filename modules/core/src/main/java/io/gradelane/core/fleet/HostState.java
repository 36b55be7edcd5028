package io.gradelane.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The life of a host. Only legal moves are methods; {@code modules/fleet/README.md} draws them.
 *
 * <p>Every state knows since when it holds, and the reason in words.
 */
public sealed interface HostState {

  Instant since();

  String reason();

  /** The word used in tables, JSON, logs and metrics. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  default Duration age(Instant now) {
    return Duration.between(since(), now);
  }

  @Move(
      by = {Who.LOOP, Who.OPERATOR},
      why = "one more is wanted; written down before the provider is asked")
  static Launching launch(String reason, Instant now) {
    return new Launching(now, reason);
  }

  @Move(by = Who.PROVIDER, why = "a fleet that is only listed has one more host")
  static Launching enrol(String reason, Instant now) {
    return new Launching(now, reason);
  }

  @Move(by = Who.PROVIDER, why = "listed for longer than `grace`, and nobody here knows it")
  static Terminating adopt(String reason, Instant now) {
    return new Terminating(now, reason);
  }

  /** One that the provider may have. */
  sealed interface Living extends HostState permits Useful, Unhealthy, Terminating {

    @Move(
        by = Who.PROVIDER,
        why = "listed as ended, or missing from complete listings for longer than `grace`")
    default Terminated gone(String why, Instant now) {
      return new Terminated(now, why);
    }
  }

  /** One that serves, or will. */
  sealed interface Useful extends Living permits Launching, Pooled {

    @Move(by = Who.PROVIDER, why = "listed as stopped or failed")
    default Unhealthy broken(String why, Instant now) {
      return new Unhealthy(now, why);
    }

    @Move(by = Who.OPERATOR, why = "somebody says that it is of no use")
    default Unhealthy condemned(String why, Instant now) {
      return new Unhealthy(now, why);
    }
  }

  /** One whose server is in the pool. */
  sealed interface Pooled extends Useful permits Ready, Draining {

    @Move(by = Who.HEALTH, why = "its server has been down for longer than `downFor`")
    default Unhealthy failing(String why, Instant now) {
      return new Unhealthy(now, why);
    }
  }

  /** Asked for, and not yet answering. */
  record Launching(Instant since, String reason) implements Useful {

    @Move(by = Who.LOOP, why = "the server on it answers")
    public Ready answered(String why, Instant now) {
      return new Ready(now, why);
    }

    @Move(by = Who.LOOP, why = "launching for longer than `launchTimeout`")
    public Terminating expired(String why, Instant now) {
      return new Terminating(now, why);
    }

    @Move(by = Who.PROVIDER, why = "asked, it said that it has started nothing")
    public Terminated refused(String why, Instant now) {
      return new Terminated(now, why);
    }
  }

  /** It takes runs. */
  record Ready(Instant since, String reason) implements Pooled {

    @Move(by = Who.LOOP, why = "more are ready than are wanted; the oldest go first")
    public Draining surplus(String why, Instant now) {
      return new Draining(now, why, Who.LOOP);
    }

    @Move(by = Who.OPERATOR, why = "somebody wants it out")
    public Draining drain(String why, Instant now) {
      return new Draining(now, why, Who.OPERATOR);
    }
  }

  /**
   * Gets nothing new; what runs there ends.
   *
   * @param by whose wish it was: the loop takes back only what it drained itself
   */
  record Draining(Instant since, String reason, Who by) implements Pooled {

    @Move(
        by = {Who.LOOP, Who.OPERATOR},
        why = "it is wanted again; the newest come back first, before any launch")
    public Ready takenBack(String why, Instant now) {
      return new Ready(now, why);
    }

    @Move(by = Who.LOOP, why = "the pool grants nothing there any more, and nothing runs")
    public Terminating idle(String why, Instant now) {
      return new Terminating(now, why);
    }
  }

  /** Of no more use; what may still run there ends first. */
  record Unhealthy(Instant since, String reason) implements Living {

    @Move(by = Who.LOOP, why = "the pool grants nothing there any more, and nothing runs")
    public Terminating idle(String why, Instant now) {
      return new Terminating(now, why);
    }

    @Move(by = Who.LOOP, why = "unhealthy for longer than `unhealthyTimeout`, whatever runs")
    public Terminating expired(String why, Instant now) {
      return new Terminating(now, why);
    }
  }

  /** The provider is asked to end it, again and again, until it no longer lists it. */
  record Terminating(Instant since, String reason) implements Living {}

  /** The end; what the provider lists later under its name is another host. */
  record Terminated(Instant since, String reason) implements HostState {}
}
