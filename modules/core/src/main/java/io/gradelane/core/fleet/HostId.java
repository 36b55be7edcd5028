package io.gradelane.core.fleet;

/**
 * The name of one host, given before the provider is asked for it; it is also the token that makes asking twice harmless.
 *
 * @param value 1 to 64 letters, digits, dots and dashes
 */
public record HostId(String value) implements Comparable<HostId> {

  public HostId {
    if (!value.matches("[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException(
          "host id " + value + " (expected: 1 to 64 letters, digits, dots and dashes)");
    }
  }

  @Override
  public int compareTo(HostId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
