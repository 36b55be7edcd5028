package io.gradelane.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node finds the others, and how they reach it.
 *
 * @param cluster its name
 * @param host where all of the node's ports for others listen; what the others are told
 * @param port of the member list
 * @param busPort of the event bus, 0 for any free one
 * @param members {@code host:port} of nodes that may be there
 * @param kubernetesService whose addresses in the DNS are the members', or null
 * @param secret that the nodes share, or null
 */
public record Joining(
    String cluster,
    String host,
    int port,
    int busPort,
    List<String> members,
    @Nullable String kubernetesService,
    @Nullable String secret) {

  public Joining {
    members = List.copyOf(members);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Joining[" + cluster + " as " + host + ":" + port + "]";
  }
}
