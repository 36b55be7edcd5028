package io.gradelane.launcher.remote;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How a command writes what it has found. */
enum Format {
  TABLE,
  JSON,
  CSV;

  /** Those that a command knows. */
  record Known(Set<Format> formats) {

    /** Anything else is wrong usage. */
    void check(Format format, CommandSpec spec) {
      if (!formats.contains(format)) {
        throw new ParameterException(
            spec.commandLine(), "--output: '" + format + "' (expected: " + words() + ")");
      }
    }

    private String words() {
      return formats.stream().map(Format::toString).collect(Collectors.joining(" or "));
    }
  }

  static final Known TABLE_OR_JSON = new Known(EnumSet.of(TABLE, JSON));
  static final Known ALL = new Known(EnumSet.allOf(Format.class));

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
