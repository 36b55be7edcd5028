package io.gradelane.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a process: its host, and what tells it from others there and from its predecessors. */
final class NodeName {

  private static final int BYTES = 3;

  private NodeName() {}

  static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return host() + "-" + HexFormat.of().formatHex(bytes);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
