package io.gradelane.jobe.wire;

/** What became of reading a run's body. */
public sealed interface Reading {

  /** It can be run. */
  record Valid(RunSpec spec) implements Reading {}

  /** It can't, and this is what Jobe says to it. */
  record Invalid(JobeAnswer answer) implements Reading {}
}
