package io.gradelane.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * Every case in which we answer otherwise than the recorded Jobe, with the reason. A difference that is not listed fails
 * the suite, and so does a listed one that has vanished.
 *
 * @param reasons by the case's name
 */
record KnownDifferences(Map<String, String> reasons) {

  static KnownDifferences none() {
    return new KnownDifferences(Map.of());
  }

  /** The embedded sandbox, asked directly. */
  static KnownDifferences ofSandbox() {
    return none();
  }

  /** A gateway in front of a sandbox: what the sandbox does, and what the gateway takes out of a spec. */
  static KnownDifferences ofGateway() {
    String debug =
        "debug keeps a run's folder on the server for ever; a gateway's clients share the servers, so it is taken out"
            + " and run_id is null as in any other run";
    Map<String, String> reasons = new TreeMap<>(ofSandbox().reasons());
    reasons.put("run debug", debug);
    reasons.put("run debug int", debug);
    reasons.put("run debug string", debug);
    return new KnownDifferences(reasons);
  }
}
