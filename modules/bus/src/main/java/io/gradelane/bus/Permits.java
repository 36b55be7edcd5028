package io.gradelane.bus;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.vertx.core.Future;

/**
 * Where an API verticle gets permits for its runs. Used on one context only.
 *
 * <p>Every granted permit must be ended once, by {@link #done} or {@link #doubt}.
 */
public interface Permits {

  /** Asks for room. Ends with {@link Decision.Granted} or {@link Decision.Refused}; never fails for lack of room. */
  Future<Decision> want(Want want);

  /** The caller has gone: a run that still waits leaves its lane, and its {@link #want} ends as refused. */
  void cancel(RunId run);

  /** Gives the permit back. */
  void done(RunId run, PermitId permit, Ending ending, int millis);

  /**
   * Gives the permit back with a verdict that may be due to load. Ends with {@link Decision.Believed} (it counts),
   * {@link Decision.Granted} (run it again under this quiet permit) or {@link Decision.Refused}.
   */
  Future<Decision> doubt(PermitId permit, int millis, Want quiet);
}
