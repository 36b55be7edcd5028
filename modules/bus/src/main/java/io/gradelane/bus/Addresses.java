package io.gradelane.bus;

/**
 * Where messages go. Every address that somebody answers names the node, so that nothing is dealt out round-robin
 * between two owners, and no takeover waits for a registration to spread. An asker speaks to its own node's dispatcher
 * only, and that one speaks to the owner.
 */
public final class Addresses {

  /** Takes {@link BusMessage.Told} with the wants of one lane, from askers of the same node. */
  public static String lane(String pool, String lane, String node) {
    return "lane." + pool + "." + lane + "." + node;
  }

  /** Takes {@link BusMessage.Told} with whatever is not a want: permits given back, runs cancelled; likewise. */
  public static String permits(String pool, String node) {
    return "permits." + pool + "." + node;
  }

  /** Takes {@link io.gradelane.core.ownership.PeerMessage} from the dispatchers of other nodes. */
  public static String peers(String pool, String node) {
    return "peers." + pool + "." + node;
  }

  /** Answers {@link PoolQuestion}, on any node. */
  public static String questions(String pool, String node) {
    return "questions." + pool + "." + node;
  }

  /** Takes the {@link BusMessage.Decided} for one asker: an API verticle, a prober. */
  public static String decided(String pool, String node, int asker) {
    return "decided." + pool + "." + node + "." + asker;
  }

  /** Published: {@link BusMessage.Evidence} from runs. */
  public static String evidence(String pool) {
    return "evidence." + pool;
  }

  /** Published once a second: {@link BusMessage.Status}. */
  public static String status(String pool) {
    return "status." + pool;
  }

  /** Answers {@link HealthCommand}. */
  public static String health(String pool, String node) {
    return "health." + pool + "." + node;
  }

  /** Answers {@link FleetCommand}, on any node. */
  public static String fleet(String pool, String node) {
    return "fleet." + pool + "." + node;
  }

  private Addresses() {}
}
