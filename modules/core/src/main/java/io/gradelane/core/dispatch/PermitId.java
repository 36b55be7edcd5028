package io.gradelane.core.dispatch;

/**
 * Names a permit: the right to use one slot of one server now.
 *
 * @param term the number of the dispatcher's term that granted it
 * @param number counts the permits of that term from 1
 */
public record PermitId(long term, long number) {

  @Override
  public String toString() {
    return term + "-" + number;
  }
}
