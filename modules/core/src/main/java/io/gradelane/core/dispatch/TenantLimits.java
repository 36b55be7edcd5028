package io.gradelane.core.dispatch;

/**
 * What one tenant may ask of a pool, over all lanes.
 *
 * @param name the tenant's
 * @param maxInFlight most runs granted at once, 1 or more; further ones wait
 * @param maxQueued most runs waiting at once, 0 or more; further ones are refused
 * @param perMinute most runs asked for in any minute, 1 or more; further ones are refused
 */
public record TenantLimits(String name, int maxInFlight, int maxQueued, int perMinute) {

  public TenantLimits {
    if (maxInFlight < 1 || maxQueued < 0 || perMinute < 1) {
      throw new IllegalArgumentException("tenant " + name + ": maxInFlight " + maxInFlight
          + ", maxQueued " + maxQueued + ", perMinute " + perMinute
          + " (expected: maxInFlight >= 1, maxQueued >= 0, perMinute >= 1)");
    }
  }

  /** A tenant without limits. */
  static TenantLimits none(String name) {
    return new TenantLimits(name, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
