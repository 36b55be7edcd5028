package io.gradelane.store.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a batch: those for which all holds that is not null.
 *
 * @param state the word of their state
 * @param reason a text that the reason of their last attempt has in it
 * @param refPrefix what their ref begins with
 */
public record JobFilter(
    @Nullable String state,
    @Nullable String reason,
    @Nullable String refPrefix) {

  public static final JobFilter ALL = new JobFilter(null, null, null);

  /** Those in one state, or (null) all. */
  public static JobFilter in(@Nullable String state) {
    return new JobFilter(state, null, null);
  }
}
