package io.gradelane.health;

import io.gradelane.jobe.wire.RunResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A tiny program whose answer is known. The cheapest languages come first; every comment names the gateway, so that a
 * Jobe's operator can see whose runs these are.
 */
enum ProbeProgram {
  PYTHON3("python3", "# gradelane probe\nprint(6 * 7)\n"),
  C(
      "c",
      "/* gradelane probe */\n#include <stdio.h>\nint main(void) { printf(\"%d\\n\", 6 * 7); return 0; }\n"),
  PHP("php", "<?php // gradelane probe\necho 6 * 7, \"\\n\";\n"),
  NODEJS("nodejs", "// gradelane probe\nconsole.log(6 * 7);\n"),
  PASCAL("pascal", "{ gradelane probe }\nprogram probe;\nbegin\n  writeln(6 * 7);\nend.\n"),
  CPP(
      "cpp",
      "// gradelane probe\n#include <iostream>\nint main() { std::cout << 6 * 7 << std::endl; }\n"),
  OCTAVE("octave", "% gradelane probe\ndisp(6 * 7)\n"),
  JAVA(
      "java",
      "// gradelane probe\npublic class Probe {\n  public static void main(String[] args) {"
          + " System.out.println(6 * 7); }\n}\n");

  private static final String ANSWER = "42";

  private final String language;
  private final String body;

  ProbeProgram(String language, String source) {
    this.language = language;
    JsonObject spec = new JsonObject()
        .put("language_id", language)
        .put("sourcecode", source)
        .put("sourcefilename", "")
        .put("input", "");
    this.body = new JsonObject().put("run_spec", spec).encode();
  }

  /** The first one in a language that the server has. */
  static Optional<ProbeProgram> fit(Set<String> languages) {
    for (ProbeProgram each : values()) {
      if (languages.contains(each.language)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  String language() {
    return language;
  }

  /** What to post to {@code runs}. */
  Buffer body() {
    return Buffer.buffer(body);
  }

  /** Whether the program has run and said what it must say. */
  static boolean isRight(RunResult result) {
    return result.outcome() == io.gradelane.core.run.Outcome.SUCCESS
        && result.stdout().strip().equals(ANSWER);
  }
}
