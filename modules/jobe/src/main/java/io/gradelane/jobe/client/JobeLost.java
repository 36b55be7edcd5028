package io.gradelane.jobe.client;

/**
 * No usable answer came: nobody can say whether the run was executed, unless {@link #sent} is false. An expected
 * failure, so without a stack trace.
 */
public final class JobeLost extends RuntimeException {

  /** Nobody listens there, or the name is unknown. */
  public static final String REFUSED = "refused";
  /** The connection broke before the answer was complete. */
  public static final String RESET = "reset";
  /** The answer was not complete in time. */
  public static final String TIMEOUT = "timeout";
  /** What came is not HTTP, or not what Jobe would say. */
  public static final String GARBAGE = "garbage";
  /** The answer is larger than {@link JobeClient#MAX_REPLY_BYTES}. */
  public static final String TOO_LARGE = "too-large";
  /** The client was closed meanwhile. */
  public static final String CLOSED = "closed";

  private final String word;
  private final boolean sent;

  public JobeLost(String word, boolean sent) {
    super(word, null, false, false);
    this.word = word;
    this.sent = sent;
  }

  /** One of the words above: for logs and metrics. */
  public String word() {
    return word;
  }

  /** Whether the server may have got the request; if not, nothing was executed. */
  public boolean sent() {
    return sent;
  }
}
