package io.gradelane.launcher;

import io.gradelane.settings.Settings;
import java.io.PrintWriter;

/** What a person who has just started a node wants to know. */
final class Banner {

  private Banner() {}

  static void print(Node node, Settings settings, String source, PrintWriter out) {
    out.printf(
        "Gradelane %s is up on http://%s:%d%n",
        Version.current(), settings.http().host(), node.port());
    out.flush();
  }
}
