package io.gradelane.health;

/** Something that says how a server is, or what is wanted of it. */
sealed interface Sign {

  /** It told its languages, which it can do even when it can run nothing. */
  record Told() implements Sign {}

  /**
   * A probe run gave the right answer, or it has no language to probe it with.
   *
   * @param early whether an operator wants it back before its ejection is over
   * @param fresh whether it starts slowly if it was unknown until now: a host of the fleet that has just come
   */
  record Ran(boolean early, boolean fresh) implements Sign {}

  /** A probe failed. */
  sealed interface Failed extends Sign {
    String cause();
  }

  /** It told no languages. */
  record Silent(String cause) implements Failed {}

  /** A probe run failed, or gave a wrong answer. */
  record RanWrong(String cause) implements Failed {}

  /** A run of somebody's was lost there, or ended as the server's own failure. */
  record RunFailed(String cause) implements Sign {}

  /** A run of somebody's ended well there. */
  record RunWorked() implements Sign {}

  /** Nothing is in flight there. */
  record Idle() implements Sign {}

  /** The operator's word. */
  record Drain() implements Sign {}

  /** The operator's word. */
  record Undrain() implements Sign {}
}
