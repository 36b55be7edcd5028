package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;

/** What the dispatcher decided about one run; performed by whoever holds the dispatcher, on a fresh turn. */
public sealed interface Decision {

  RunId run();

  /**
   * Run <em>this</em> on <em>that</em> server under <em>this</em> permit.
   *
   * @param waitedMillis how long it has waited in all, for the record
   * @param serverLoad permits out on the server with this one, for the record
   * @param serverSlots of the server, likewise
   */
  record Granted(
      RunId run, PermitId permit, String server, long waitedMillis, int serverLoad, int serverSlots)
      implements Decision {

    /** One of which nobody writes down how busy its server was. */
    public Granted(RunId run, PermitId permit, String server, long waitedMillis) {
      this(run, permit, server, waitedMillis, 0, 0);
    }
  }

  /** It will not start: the caller is answered as overload, or with its reason. */
  record Refused(RunId run, Refusal reason, String text) implements Decision {}

  /** The answer to a doubtful verdict: its server was not above its cores, so the verdict counts. */
  record Believed(RunId run) implements Decision {}
}
