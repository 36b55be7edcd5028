package io.gradelane.core.ownership;

/**
 * The part of every server's slots that an owner may use, by how many of the stable members it sees: all if those are
 * more than half, else as large a share as they are. So the halves of a split can't use many more slots than there are.
 */
public record Part(int seen, int stable) {

  public static final Part ALL = new Part(1, 1);

  /** Whether all slots may be used. */
  public boolean isWhole() {
    return 2 * seen > stable;
  }

  /** How many of {@code slots} may be used: at least one. */
  public int of(int slots) {
    if (isWhole()) {
      return slots;
    }
    return Math.max(1, Math.ceilDiv(slots * seen, stable));
  }
}
