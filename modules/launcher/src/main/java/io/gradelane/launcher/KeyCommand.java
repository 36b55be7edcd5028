package io.gradelane.launcher;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code key}, what concerns API keys. */
@Command(name = "key", description = "Make API keys.", mixinStandardHelpOptions = true)
final class KeyCommand implements Runnable {

  /** Begins every key, so that one can be told from other secrets where it should not stand. */
  static final String PREFIX = "gl_";

  private static final int BYTES = 24;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Make a random key and print it, this once, with the entry for access.keys in conf/gradelane.yaml.",
        "Gradelane keeps only its SHA-256: a key that is lost is replaced by a new one."
      })
  void make(
      @Parameters(paramLabel = "NAME", description = "Whose key it is, such as moodle.")
          String name) {
    if (!name.matches(NAME)) {
      throw new ParameterException(
          spec.commandLine(), "NAME: '" + name + "' (expected: letters, digits, dots and dashes)");
    }
    tell(name, random(), spec.commandLine().getOut());
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + HexFormat.of().formatHex(bytes);
  }

  private static void tell(String name, String key, PrintWriter out) {
    out.println("The key; it is shown only now:");
    out.println();
    out.println("  " + key);
    out.println();
    out.println("Put this under access.keys in conf/gradelane.yaml, and start Gradelane again:");
    out.println();
    out.println("    - name: " + name);
    out.println("      sha256: \"" + sha256(key) + "\"");
    out.println("      scopes: [run]   # or [run, admin]");
  }

  static String sha256(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
