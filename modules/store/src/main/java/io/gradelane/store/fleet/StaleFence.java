package io.gradelane.store.fleet;

/** A newer leader has read the table: this one may write nothing more. */
public final class StaleFence extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StaleFence(long fence, long newest) {
    super("fence " + fence + " (expected: " + newest + " or newer)", null, false, false);
  }
}
