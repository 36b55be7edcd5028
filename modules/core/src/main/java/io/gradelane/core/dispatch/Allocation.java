package io.gradelane.core.dispatch;

import java.util.Locale;

/** Which of the servers that would take a run gets it. */
public enum Allocation {
  /** The one with the least load for its weight. */
  LEAST_LOADED,
  /**
   * Any, the likelier the more slots are free there: one that fails its runs at once, and so is always the least loaded,
   * gets no more than its share.
   */
  RANDOM;

  /** The word for it in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
