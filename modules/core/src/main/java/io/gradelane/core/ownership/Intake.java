package io.gradelane.core.ownership;

/** What has come from the other end of a session: in order, each once. */
final class Intake {

  private long last;
  private boolean gap;
  private boolean owed;
  private long owedSince;

  /** Whether item {@code number} is the next; a repeated one is not, and one after a gap is not yet. */
  boolean takes(long number, long now) {
    owe(now);
    if (number == last + 1) {
      last = number;
      gap = false;
      return true;
    }
    gap = gap || number > last;
    return false;
  }

  /** The last that has come without a gap. */
  long last() {
    return last;
  }

  /** Whether a later one has shown that some are lost. */
  boolean gap() {
    return gap;
  }

  /** The other end must be told where we are, even if nothing has come. */
  void owe(long now) {
    if (!owed) {
      owed = true;
      owedSince = now;
    }
  }

  /** Whether the other end should be told now where we are, although nothing else goes that way. */
  boolean due(long now) {
    return owed && (gap || now - owedSince >= Timing.ACKNOWLEDGE);
  }

  /** The other end is being told. */
  void told() {
    owed = false;
    gap = false;
  }
}
