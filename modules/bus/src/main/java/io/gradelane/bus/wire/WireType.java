package io.gradelane.bus.wire;

/** How a value's end is found by a reader that does not know what it means. */
final class WireType {

  static final int NUMBER = 0;
  static final int EIGHT_BYTES = 1;
  static final int TEXT = 2;
  static final int RECORD = 3;
  static final int TEXT_BEFORE = 4;
  static final int SIXTEEN_BYTES = 5;
  static final int KINDED = 6;

  private WireType() {}
}
