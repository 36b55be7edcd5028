package io.gradelane.launcher;

import java.net.BindException;

/** An address can't be listened on, in words that say what to do. */
final class PortTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private PortTaken(String words, Throwable cause) {
    super(words, cause);
  }

  /**
   * {@code failure} itself, unless it is about an address.
   *
   * @param elsewhere how another port is chosen
   */
  static Throwable orElse(Throwable failure, String host, int port, String elsewhere) {
    if (!Failures.isCausedBy(failure, BindException.class)) {
      return failure;
    }
    String system = String.valueOf(failure.getMessage());
    String words = system.contains("in use")
        ? "port " + port + " of " + host
            + " is in use; stop what listens there, or choose another with " + elsewhere
        : "can't listen on port " + port + " of " + host + ": " + system;
    return new PortTaken(words, failure);
  }
}
