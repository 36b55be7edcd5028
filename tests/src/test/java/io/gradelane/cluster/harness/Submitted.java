package io.gradelane.cluster.harness;

import io.gradelane.core.job.BatchId;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A batch that was accepted.
 *
 * @param name also of its runs: {@code <name>-<sequence>}
 * @param takes how long a server is busy with each job
 */
record Submitted(BatchId id, String name, int jobs, Duration takes) {

  /** What is posted for such a batch. */
  static String body(String name, int jobs, Duration takes) {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(sequence -> "{\"ref\":\"" + sequence + "\",\"run_spec\":{\"sourcecode\":\""
            + run(name, sequence, takes).source().replace("\n", "\\n") + "\"}}")
        .collect(Collectors.joining(
            ",",
            "{\"lane\":\"bulk\",\"name\":\"" + name
                + "\",\"template\":{\"language_id\":\"python3\",\"parameters\":{\"cputime\":1}},\"jobs\":[",
            "]}"));
  }

  /** What a server sees of one of its jobs. */
  Run run(int sequence) {
    return run(name, sequence, takes);
  }

  private static Run run(String name, int sequence, Duration takes) {
    return new Run(name + "-" + sequence, takes);
  }

  boolean owns(Seen seen) {
    return seen.id().startsWith(name + "-");
  }
}
