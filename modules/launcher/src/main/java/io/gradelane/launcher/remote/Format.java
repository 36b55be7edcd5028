package io.gradelane.launcher.remote;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a command writes what it has found. */
enum Format {
  TABLE,
  JSON,
  CSV;

  /** Those that a command knows. */
  record Known(Set<Format> formats) implements Iterable<String> {

    /** Empty for any other. */
    Optional<Format> read(String typed) {
      return formats.stream()
          .filter(each -> each.toString().equalsIgnoreCase(typed))
          .findFirst();
    }

    String words() {
      return String.join(" or ", this);
    }

    @Override
    public Iterator<String> iterator() {
      return formats.stream().map(Format::toString).iterator();
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
