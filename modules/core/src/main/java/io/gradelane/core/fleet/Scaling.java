package io.gradelane.core.fleet;

import java.util.Locale;

/** How far the loop goes by itself. */
public enum Scaling {
  /** It launches and drains by the rules. */
  AUTO,
  /** It launches and drains what somebody asks for; expiry, health, termination and reconciliation are its own. */
  HAND,
  /** The provider only lists: hosts are enrolled and forgotten as they come and go, and never launched or terminated. */
  FIXED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
