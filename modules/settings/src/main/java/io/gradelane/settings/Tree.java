package io.gradelane.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a configuration file says, before anybody knows what it means; each part knows where it was written. */
sealed interface Tree {

  /** For a {@link Problem}: {@code line 12}. */
  String where();

  /** What it is, for a {@link Problem}: the text of a scalar, else a word. */
  String shown();

  /** One value, as it was written. */
  record Scalar(String text, String where) implements Tree {
    @Override
    public String shown() {
      return text.isEmpty() ? "\"\"" : text;
    }
  }

  /** {@code key:} with nothing behind it: as if it were not there. */
  record Absent(String where) implements Tree {
    @Override
    public String shown() {
      return "nothing";
    }
  }

  record Items(List<Tree> items, String where) implements Tree {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /** Keys in the order of the file. */
  record Branch(Map<String, Tree> children, String where) implements Tree {

    static final Branch EMPTY = new Branch(Map.of(), "");

    @Override
    public String shown() {
      return "a mapping";
    }

    /** The same with {@code key} set to {@code value}. */
    Branch with(String key, Tree value) {
      Map<String, Tree> changed = new LinkedHashMap<>(children);
      changed.put(key, value);
      return new Branch(changed, where);
    }
  }
}
