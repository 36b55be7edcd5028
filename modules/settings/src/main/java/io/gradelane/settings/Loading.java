package io.gradelane.settings;

import java.util.List;

/** How reading the configuration ended. */
public sealed interface Loading {

  /**
   * It is whole.
   *
   * @param warnings sentences for the operator: nothing is wrong, but something may surprise
   */
  record Loaded(Settings settings, List<String> warnings) implements Loading {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It is not.
   *
   * @param problems every one of them, in the order of the file
   */
  record Problems(List<Problem> problems) implements Loading {
    public Problems {
      problems = List.copyOf(problems);
    }
  }
}
