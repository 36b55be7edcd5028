package io.gradelane.launcher.remote;

import java.io.PrintWriter;
import picocli.CommandLine.IExitCodeGenerator;

/** Nobody reads what a command writes any more: it ends without a word, as tools do that a broken pipe ends. */
final class HungUp extends RuntimeException implements IExitCodeGenerator {

  private static final long serialVersionUID = 1L;

  /** As a shell tells the end by SIGPIPE. */
  private static final int BROKEN_PIPE = 128 + 13;

  private HungUp() {
    super("nobody reads any more", null, false, false);
  }

  /** To be called behind what is written. */
  static void check(PrintWriter out) {
    if (out.checkError()) {
      throw new HungUp();
    }
  }

  @Override
  public int getExitCode() {
    return BROKEN_PIPE;
  }
}
