package io.gradelane.core.job;

import java.util.Locale;

/** Whether a batch takes results that are known already. */
public enum Reuse {
  /** Every job is run, and its result is not remembered. */
  NEVER,
  /** A result of the very same run is taken where there is one; new ones are remembered. */
  KNOWN,
  /** Every job is run, and what comes is remembered instead of what was. */
  REFRESH;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
