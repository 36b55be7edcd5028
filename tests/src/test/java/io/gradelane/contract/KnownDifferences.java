package io.gradelane.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * Every case in which we answer otherwise than the recorded Jobe, with the reason. A difference that is not listed fails
 * the suite, and so does a listed one that has vanished. (Versions of languages, the web server's own pages and the random
 * names of folders are no cases: {@link AnswerComparison} doesn't look at them.)
 *
 * @param reasons by the case's name
 */
public record KnownDifferences(Map<String, Reason> reasons) {

  /**
   * @param permitted whether the recordings' README says that this may differ; it counts as equal then
   */
  public record Reason(String why, boolean permitted) {}

  public static KnownDifferences none() {
    return new KnownDifferences(Map.of());
  }

  /** The embedded sandbox, asked directly. */
  public static KnownDifferences ofSandbox() {
    return none();
  }

  /** A gateway in front of a sandbox: what the sandbox does, and what the gateway takes out of a spec. */
  public static KnownDifferences ofGateway() {
    Reason debug = new Reason(
        "debug keeps a run's folder on the server for ever; a gateway's clients share the servers, so it is taken out"
            + " and run_id is null as in any other run",
        true);
    Map<String, Reason> reasons = new TreeMap<>(ofSandbox().reasons());
    reasons.put("run debug", debug);
    reasons.put("run debug int", debug);
    reasons.put("run debug string", debug);
    return new KnownDifferences(reasons);
  }

  boolean has(String name) {
    return reasons.containsKey(name);
  }

  boolean permits(String name) {
    Reason reason = reasons.get(name);
    return reason != null && reason.permitted();
  }
}
