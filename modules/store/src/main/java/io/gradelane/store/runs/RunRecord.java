package io.gradelane.store.runs;

import io.gradelane.core.run.RunId;
import java.time.Instant;
import java.util.List;

/**
 * What became of one run: never what was in it.
 *
 * @param run its id, which begins with the time at which it came
 * @param request the id of the request behind it
 * @param tenant who asked
 * @param language empty if it was not even read
 * @param node that it came to
 * @param outcome Jobe's code, or a word where there is none
 * @param status of HTTP that its caller was told
 * @param waitedMillis in its lane, all attempts together
 * @param tookMillis from its first want to its end
 * @param servers that it was sent to, in order; one for each attempt
 * @param serverLoad runs on the last of them when it was granted, this one included
 * @param serverSlots of the last of them
 * @param doubt what came of a verdict that load may have caused; empty if there was none
 */
public record RunRecord(
    RunId run,
    String request,
    String tenant,
    String lane,
    String language,
    String node,
    State state,
    String outcome,
    int status,
    int waitedMillis,
    int tookMillis,
    List<String> servers,
    int serverLoad,
    int serverSlots,
    String doubt) {

  /** How it ended for its caller. */
  public enum State {
    /** With what a server said. */
    ANSWERED,
    /** For lack of room. */
    REFUSED,
    /** Before it could wait: it was not as it must be, or files were missing. */
    TURNED_AWAY,
    /** Its caller had gone. */
    GONE,
    /** By a fault of ours. */
    CRASHED
  }

  public RunRecord {
    servers = List.copyOf(servers);
  }

  /** When it came. */
  public Instant at() {
    return Instant.ofEpochMilli(run.epochMillis());
  }
}
