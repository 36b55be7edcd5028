package io.gradelane.core.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server that is on a host of the fleet bears: labels, so that every node, old or new, shows and keeps them.
 *
 * @param host the host's id
 * @param term of the leader that spoke of it last: one of a lower term changes nothing here
 * @param closed whether the fleet has had it closed, which no operator's drain says
 */
public record FleetMark(String host, long term, boolean closed) {

  private static final String HOST = "fleet";
  private static final String TERM = "fleet.term";
  private static final String CLOSED = "fleet.closed";

  /** Empty if the server is nothing to the fleet. */
  public static Optional<FleetMark> of(ServerSpec server) {
    Map<String, String> labels = server.labels();
    return Optional.ofNullable(labels.get(HOST))
        .map(host -> new FleetMark(host, term(labels), labels.containsKey(CLOSED)));
  }

  /** Whether only the fleet may use this label. */
  public static boolean isOurs(String label) {
    return label.equals(HOST) || label.equals(TERM) || label.equals(CLOSED);
  }

  /** The same server with this mark. */
  public ServerSpec on(ServerSpec server) {
    Map<String, String> labels = new HashMap<>(server.labels());
    labels.put(HOST, host);
    labels.put(TERM, Long.toString(term));
    if (closed) {
      labels.put(CLOSED, "true");
    } else {
      labels.remove(CLOSED);
    }
    return server.labelled(labels);
  }

  /** The same server without a mark. */
  public static ServerSpec off(ServerSpec server) {
    Map<String, String> labels = new HashMap<>(server.labels());
    labels.keySet().removeIf(FleetMark::isOurs);
    return server.labelled(labels);
  }

  private static long term(Map<String, String> labels) {
    try {
      return Long.parseLong(labels.getOrDefault(TERM, "0"));
    } catch (NumberFormatException strange) {
      return 0;
    }
  }
}
