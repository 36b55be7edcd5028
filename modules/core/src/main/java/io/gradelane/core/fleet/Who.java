package io.gradelane.core.fleet;

/** Who may change the state of a host. */
public enum Who {
  /** The fleet's loop, by its rules. */
  LOOP,
  /** The health of the server on it. */
  HEALTH,
  /** The provider, by what it lists or answers. */
  PROVIDER,
  /** Somebody who pressed a button. */
  OPERATOR;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
