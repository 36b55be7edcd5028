package io.gradelane.core.job;

import java.util.UUID;

/** Names one job for ever, and with it its batch: see {@link BatchId}. */
public record JobId(UUID value) implements Comparable<JobId> {

  public JobId {
    if (value.version() != 7 || (int) value.getLeastSignificantBits() <= 0) {
      throw new IllegalArgumentException("job id: '" + value
          + "' (expected: a UUID of version 7 that ends in 00000001 to 7fffffff)");
    }
  }

  /** @throws IllegalArgumentException if {@code text} is no job's id */
  public static JobId parse(String text) {
    return new JobId(UUID.fromString(text));
  }

  public BatchId batch() {
    return BatchId.of(value);
  }

  /** Its place in the batch, from 1. */
  public int sequence() {
    return (int) value.getLeastSignificantBits();
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
