package io.gradelane.launcher;

import io.gradelane.cluster.Member;
import io.gradelane.settings.Fingerprint;
import io.gradelane.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** What a node tells the others of itself. */
final class Identity {

  private Identity() {}

  /**
   * @param wire version of the messages that it sends
   * @throws IOException if the cluster's address is not one of this machine, or has no port left
   */
  static Member of(String name, Settings settings, int wire, long now) throws IOException {
    return new Member(
        name,
        "",
        Version.current(),
        wire,
        Fingerprint.of(settings),
        internal(settings.cluster()),
        now);
  }

  /** Told before anybody listens there: members tell their address when they join, and once. */
  private static String internal(Settings.Cluster cluster) throws IOException {
    if (!cluster.clustered()) {
      return "";
    }
    InetAddress host = InetAddress.getByName(cluster.host());
    int port = cluster.internalPort() == 0 ? freePort(host) : cluster.internalPort();
    String address = host.getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  private static int freePort(InetAddress host) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, host)) {
      return socket.getLocalPort();
    }
  }
}
