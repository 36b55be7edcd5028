package io.gradelane.core.dispatch;

/**
 * Names a permit, in the whole cluster and for ever: the right to use one slot of one server now.
 *
 * @param term the dispatcher's term that granted it
 * @param number counts the permits of that term from 1
 */
public record PermitId(Term term, long number) {

  /** A permit of a pool that has one node. */
  public PermitId(long term, long number) {
    this(new Term(term, ""), number);
  }

  @Override
  public String toString() {
    return term.number() + "-" + number;
  }
}
