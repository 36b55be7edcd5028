package io.gradelane.launcher.remote;

/** What keeps a command from being done, in one line for people. */
final class Trouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Trouble(String line) {
    super(line, null, false, false);
  }
}
