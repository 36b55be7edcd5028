package io.gradelane.cluster.harness;

import java.util.List;

/** Where nodes live: what their addresses are, and how one of them is started there. */
interface Place extends AutoCloseable {

  /** The address of this process, for what it offers to nodes. */
  String ours();

  /** The address of node {@code number}, from 1 on. */
  String hostOf(int number);

  /** What stands before the command that starts it. */
  List<String> before(int number);

  @Override
  void close();

  /** All of them on this machine's loopback. */
  record Loopback() implements Place {

    private static final String HOST = "127.0.0.1";

    @Override
    public String ours() {
      return HOST;
    }

    @Override
    public String hostOf(int number) {
      return HOST;
    }

    @Override
    public List<String> before(int number) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
