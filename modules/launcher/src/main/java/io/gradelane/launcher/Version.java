package io.gradelane.launcher;

import org.jspecify.annotations.Nullable;

/** Which Gradelane this is. */
final class Version {

  private Version() {}

  /** As the jar's manifest says; {@code dev} when run from classes. */
  static String current() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
