package io.gradelane.core.hook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a webhook can be told of. */
public enum HookEvent {
  BATCH_ENDED("batch.ended"),
  JOB_ENDED("job.ended");

  private final String word;

  HookEvent(String word) {
    this.word = word;
  }

  /** Its {@code type} in what is delivered. */
  public String word() {
    return word;
  }

  public static Optional<HookEvent> of(String word) {
    return Arrays.stream(values()).filter(event -> event.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(HookEvent::word).toList();
  }
}
