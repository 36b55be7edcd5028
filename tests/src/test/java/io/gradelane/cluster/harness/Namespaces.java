package io.gradelane.cluster.harness;

import static io.gradelane.cluster.harness.Processes.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Each node in a network namespace of its own, on one bridge with this process: what passes between them can be cut or
 * led astray by each namespace's own iptables, and nothing else on the machine is touched. Needs root.
 */
final class Namespaces implements Place {

  private static final long SALT = ProcessHandle.current().pid();

  private final String network = "10.231." + SALT % 250;
  private final String name = "gl" + SALT % 100_000;
  private final int nodes;

  Namespaces(int nodes) {
    this.nodes = nodes;
    try {
      run("ip", "link", "add", name, "type", "bridge");
      run("ip", "addr", "add", ours() + "/24", "dev", name);
      run("ip", "link", "set", name, "up");
      for (int node = 1; node <= nodes; node++) {
        add(node);
      }
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  private void add(int node) {
    String space = space(node);
    String cable = cable(node);
    run("ip", "netns", "add", space);
    run("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space);
    run("ip", "link", "set", cable, "master", name, "up");
    run("ip", "-n", space, "addr", "add", hostOf(node) + "/24", "dev", "eth0");
    run("ip", "-n", space, "link", "set", "eth0", "up");
    run("ip", "-n", space, "link", "set", "lo", "up");
  }

  @Override
  public String ours() {
    return network + ".1";
  }

  @Override
  public String hostOf(int number) {
    return network + "." + (10 + number);
  }

  @Override
  public List<String> before(int number) {
    return List.of("ip", "netns", "exec", space(number));
  }

  /** Nothing passes between a node of one side and a node of the other any more. */
  void part(List<Integer> oneSide, List<Integer> otherSide) {
    oneSide.forEach(one -> otherSide.forEach(other -> {
      iptables(one, "-A", "INPUT", "-s", hostOf(other), "-j", "DROP");
      iptables(other, "-A", "INPUT", "-s", hostOf(one), "-j", "DROP");
    }));
  }

  /** What {@code node} connects to at a port of another's ends at a port of this process instead. */
  void lead(int node, int other, int port, int ourPort) {
    iptables(
        node,
        "-t",
        "nat",
        "-A",
        "OUTPUT",
        "-p",
        "tcp",
        "-d",
        hostOf(other),
        "--dport",
        port + "",
        "-j",
        "DNAT",
        "--to-destination",
        ours() + ":" + ourPort);
  }

  /** All is as it was, for new connections. */
  void heal() {
    for (int node = 1; node <= nodes; node++) {
      iptables(node, "-F");
      iptables(node, "-t", "nat", "-F");
    }
  }

  private void iptables(int node, String... rule) {
    List<String> command = new ArrayList<>(before(node));
    command.addAll(List.of("iptables", "-w"));
    command.addAll(List.of(rule));
    run(command.toArray(String[]::new));
  }

  /** Takes away whatever of it there is. */
  @Override
  public void close() {
    for (int node = 1; node <= nodes; node++) {
      runIfPossible("ip", "link", "del", cable(node));
      runIfPossible("ip", "netns", "del", space(node));
    }
    runIfPossible("ip", "link", "del", name);
  }

  private static void runIfPossible(String... command) {
    try {
      run(command);
    } catch (IllegalStateException e) {
      return; // It was not there.
    }
  }

  private String space(int node) {
    return name + "-" + node;
  }

  private String cable(int node) {
    return name + "v" + node;
  }
}
