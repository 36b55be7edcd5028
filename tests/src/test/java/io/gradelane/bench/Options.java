package io.gradelane.bench;

import java.util.HashMap;
import java.util.Map;

/** {@code --name value} and {@code --flag} on a command line. */
record Options(Map<String, String> values) {

  static Options of(String... args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      String name = args[i].replaceFirst("^--", "");
      boolean flag = i + 1 == args.length || args[i + 1].startsWith("--");
      values.put(name, flag ? "true" : args[++i]);
    }
    return new Options(values);
  }

  /** Short rounds, for CI: shows that it runs, not how fast. */
  boolean smoke() {
    return values.containsKey("smoke");
  }

  int intOf(String name, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
  }

  String textOf(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
