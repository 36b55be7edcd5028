package io.gradelane.launcher.remote;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Ids as people type them. */
final class Ids {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Ids() {}

  /** What is no id is wrong usage. */
  static String checked(String text, String label, CommandSpec spec) {
    String id = text.strip();
    if (!ID.matcher(id).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          label + ": '" + text + "' (expected: an id, as submitting printed it)");
    }
    return id;
  }
}
