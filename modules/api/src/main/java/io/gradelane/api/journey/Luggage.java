package io.gradelane.api.journey;

/**
 * Bytes of the runs that wait or are under way, and the most that there may be: a lane can be as long as its limit says,
 * but not of bodies that fill the heap. Used on one context only.
 */
final class Luggage {

  private final long most;
  private long bytes;

  Luggage(long most) {
    this.most = most;
  }

  /** Whether there was room. A lone run always finds it. */
  boolean take(int length) {
    if (bytes > 0 && length > most - bytes) {
      return false;
    }
    bytes += length;
    return true;
  }

  void putDown(int length) {
    bytes -= length;
  }
}
