package io.gradelane.cluster;

/**
 * One node of the cluster.
 *
 * @param node its name, new at each start of the process: {@code <host>-<random>}; what addresses on the bus end with
 * @param place {@code host:port} of its membership. Only one process can stand there, so one that comes to the place of
 *     another shows that the other has ended. Empty if it stands alone, or has not joined yet
 * @param version of the program, as {@code gradelane --version} prints it
 * @param wire version of the messages that it sends; see the bus room
 * @param configuration hash of what all nodes should have set alike, so that an operator sees one that differs
 * @param internal {@code host:port} where it answers other nodes' requests for files; empty if it stands alone
 * @param startedAt milliseconds since 1970 by its own clock
 */
public record Member(
    String node,
    String place,
    String version,
    int wire,
    String configuration,
    String internal,
    long startedAt) {}
