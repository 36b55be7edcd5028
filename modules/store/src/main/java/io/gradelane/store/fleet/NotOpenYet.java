package io.gradelane.store.fleet;

/** The fleet's database is not open yet, so nothing can be asked of it. An expected failure: it has no stack. */
public final class NotOpenYet extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotOpenYet() {
    super("the fleet's database is not there yet", null, false, false);
  }
}
