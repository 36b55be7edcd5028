package io.gradelane.cluster.harness;

/** One kind of fault, met under load. */
interface Drill {

  /** A word or two, joined by dashes. */
  String name();

  /** What is done, in one line. */
  String says();

  /**
   * Does it, so many times on one cluster.
   *
   * @return what came of it
   */
  Sheet run(int times);

  /** How often {@code bin/gradelane soak} does it. */
  int often();

  /** How often it is done as a test. */
  default int oftenAsTest() {
    return 1;
  }
}
