package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What became of one job, as a person reads it. */
record JobResult(JsonObject job) {

  private static final int SUCCESS = 15;

  private static final Map<Integer, String> OUTCOMES = Map.of(
      11, "compile error",
      12, "runtime error",
      13, "time limit",
      15, "success",
      17, "memory limit",
      19, "illegal call",
      20, "internal error",
      21, "server overload");

  String id() {
    return job.getString("id");
  }

  String ref() {
    return job.getString("ref", "");
  }

  String state() {
    return job.getString("state");
  }

  boolean isOver() {
    return !state().equals("waiting") && !state().equals("running");
  }

  /** Whether the program ran to its end without a fault. */
  boolean isGood() {
    return state().equals("finished") && job.getInteger("outcome", 0) == SUCCESS;
  }

  String outcome() {
    Integer code = job.getInteger("outcome");
    if (code == null) {
      return job.getString("reason", "");
    }
    return OUTCOMES.getOrDefault(code, "outcome " + code);
  }

  /** Jobe's code with its meaning; what is none stays as it is. */
  static String named(String outcome) {
    String meaning = outcome.matches("\\d{1,3}") ? OUTCOMES.get(Integer.valueOf(outcome)) : null;
    return meaning == null ? outcome : outcome + " " + meaning;
  }

  String stdout() {
    return part("stdout");
  }

  String stderr() {
    return part("stderr");
  }

  String cmpinfo() {
    return part("cmpinfo");
  }

  /** How its server refused it, in the server's words; empty if it ran. */
  String refusal() {
    return job.getValue("result") instanceof String said ? said : "";
  }

  /** What it printed, or else why it did not. */
  String output() {
    if (!refusal().isEmpty()) {
      return refusal();
    }
    String text = stdout();
    text = text.isBlank() ? cmpinfo() : text;
    return text.isBlank() ? stderr() : text;
  }

  private String part(String name) {
    return job.getValue("result") instanceof JsonObject result ? result.getString(name, "") : "";
  }
}
