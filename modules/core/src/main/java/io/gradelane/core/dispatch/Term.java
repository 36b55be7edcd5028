package io.gradelane.core.dispatch;

/**
 * A dispatcher's time in office. Ordered, so that of two dispatchers of a pool everybody believes the same one: the later
 * term, and of two with the same number the one with the greater node name.
 *
 * @param number counts the terms of the pool as far as its dispatchers knew of one another, from 1
 * @param node the name of the node that it is on
 */
public record Term(long number, String node) implements Comparable<Term> {

  /** Before every other: nobody has dispatched yet, as far as one knows. */
  public static final Term NONE = new Term(0, "");

  /** The term with which {@code node} would follow this one. */
  public Term next(String successor) {
    return new Term(number + 1, successor);
  }

  public boolean isAfter(Term other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Term other) {
    int byNumber = Long.compare(number, other.number);
    return byNumber != 0 ? byNumber : node.compareTo(other.node);
  }

  @Override
  public String toString() {
    return number + "@" + node;
  }
}
