package io.gradelane.cluster.harness;

import io.gradelane.testkit.CodeRunnerClient.Task;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run that is unlike any other: its source carries its id, and how long a {@link PoolServer} takes over it.
 *
 * @param id letters, digits and dashes
 */
record Run(String id, Duration takes) {

  private static final Pattern SOURCE = Pattern.compile("# run ([a-z0-9-]+) takes (\\d+) ms");

  /** One CPU second: a server that hangs is given up after 14 s. */
  private static final JsonObject LIMITS = new JsonObject().put("cputime", 1);

  Task task() {
    return new Task("python3", source(), "", Map.of(), LIMITS);
  }

  /** What must come back for it, and for no other. */
  String expected() {
    return StubAnswer.echo(source(), "", Map.of());
  }

  /** What it prints where it is really run. */
  String printed() {
    return id + "\n";
  }

  /** The run that has this source; a probe's, say, is called {@link #FOREIGN} and takes no time. */
  static Run of(String source) {
    Matcher matcher = SOURCE.matcher(source);
    return matcher.find()
        ? new Run(matcher.group(1), Duration.ofMillis(Long.parseLong(matcher.group(2))))
        : new Run(FOREIGN, Duration.ZERO);
  }

  static final String FOREIGN = "";

  String source() {
    return "# run " + id + " takes " + takes.toMillis() + " ms\nprint('" + id + "')\n";
  }
}
