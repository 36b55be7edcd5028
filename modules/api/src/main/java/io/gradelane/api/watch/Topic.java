package io.gradelane.api.watch;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be watched. */
sealed interface Topic {

  record OfBatch(BatchId batch) implements Topic {}

  record OfJob(JobId job) implements Topic {}

  /** A lane's figures. */
  record OfLane(String name) implements Topic {}

  /** The figures of all lanes and servers. */
  record OfPool() implements Topic {}

  List<String> NAMES = List.of("batch", "job", "lane", "pool");

  /**
   * Reads the one that is named.
   *
   * @param parameters answers null for what is not there
   * @throws Refusal unless exactly one is
   */
  static Topic parse(Function<String, @Nullable String> parameters) {
    List<String> named =
        NAMES.stream().filter(name -> parameters.apply(name) != null).toList();
    if (named.size() != 1) {
      throw Refusal.malformed(
          (named.isEmpty() ? "No topic" : "The topics " + String.join(", ", named))
              + " (expected: one of batch=ID, job=ID, lane=NAME, pool)");
    }
    String name = named.getFirst();
    String value = String.valueOf(parameters.apply(name));
    return switch (name) {
      case "batch" -> new OfBatch(id("batch", value, BatchId::parse));
      case "job" -> new OfJob(id("job", value, JobId::parse));
      case "lane" -> new OfLane(value);
      default -> new OfPool();
    };
  }

  /** What is no id is nobody's. */
  private static <T> T id(String what, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException none) {
      throw Refusal.unknown(what);
    }
  }
}
