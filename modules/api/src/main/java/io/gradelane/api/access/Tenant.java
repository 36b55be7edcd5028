package io.gradelane.api.access;

import io.gradelane.settings.Settings.ApiKey;
import java.util.Set;

/**
 * Who asks: the owner of an API key, or everybody where no keys are configured.
 *
 * @param name for logs and fairness
 * @param lanes that it may name; empty for all
 * @param defaultLane where its runs go when they name none, or one that it may not use
 * @param scopes what it may do
 */
public record Tenant(String name, Set<String> lanes, String defaultLane, Set<String> scopes) {

  /** Jobe's face and runs. */
  public static final String RUN = "run";
  /** Lanes, servers and refresh. */
  public static final String ADMIN = "admin";

  /** The name of whoever asks where no keys are configured. */
  public static final String ANONYMOUS = "anonymous";

  public Tenant {
    lanes = Set.copyOf(lanes);
    scopes = Set.copyOf(scopes);
  }

  static Tenant of(ApiKey key) {
    return new Tenant(key.name(), key.lanes(), key.defaultLane(), key.scopes());
  }

  static Tenant anonymous(String defaultLane, Set<String> scopes) {
    return new Tenant(ANONYMOUS, Set.of(), defaultLane, scopes);
  }

  public boolean mayUse(String lane) {
    return lanes.isEmpty() || lanes.contains(lane);
  }

  public boolean has(String scope) {
    return scopes.contains(scope);
  }
}
