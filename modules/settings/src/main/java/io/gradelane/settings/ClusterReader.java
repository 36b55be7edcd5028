package io.gradelane.settings;

import io.gradelane.settings.Settings.Cluster;
import io.gradelane.settings.Tree.Absent;
import io.gradelane.settings.Tree.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cluster:}, where the other nodes are. */
final class ClusterReader {

  private static final int LEAST_SECRET = 16;
  private static final int MOST_PORT = 65_535;

  private final Section section;

  ClusterReader(Section section) {
    this.section = section;
  }

  Cluster read() {
    Cluster defaults = SettingsDefaults.CLUSTER;
    Cluster cluster = new Cluster(
        section.text(
            "name",
            defaults.name(),
            "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}",
            "letters, digits, dots and dashes"),
        section.text(
            "host",
            defaults.host(),
            "(?!0\\.0\\.0\\.0$|\\[?::\\]?$)\\S+",
            "the address of this machine that the other nodes reach, not one for all"),
        section.integer("port", defaults.port(), 1, MOST_PORT),
        section.integer("busPort", defaults.busPort(), 0, MOST_PORT),
        members(),
        kubernetesService(),
        secret(),
        section.integer("internalPort", defaults.internalPort(), 0, MOST_PORT));
    section.reportUnknown();
    require(cluster);
    return cluster;
  }

  private List<String> members() {
    List<String> members = section.words("members", List.of());
    members.stream()
        .filter(member -> !isAddress(member))
        .forEach(wrong -> section.report(
            "members",
            new Scalar(wrong, section.where()),
            "host:port of each node, such as 10.0.0.1:5701"));
    return members;
  }

  private static boolean isAddress(String member) {
    if (!member.matches("(\\[[0-9a-fA-F:.]+\\]|[^\\s:\\[\\]/]+):\\d{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(member.substring(member.lastIndexOf(':') + 1));
    return port >= 1 && port <= MOST_PORT;
  }

  private @Nullable String kubernetesService() {
    Section kubernetes = section.section("kubernetes");
    String service = kubernetes.textOrNull("service");
    if (service != null && !service.matches("[a-z0-9]([a-z0-9.-]{0,252})")) {
      kubernetes.report(
          "service", "a name in the DNS, such as gradelane.default.svc.cluster.local");
    }
    kubernetes.reportUnknown();
    return service;
  }

  /** What is wrong with it is told without it. */
  private @Nullable String secret() {
    String secret = section.textOrNull("secret");
    if (secret != null && secret.length() < LEAST_SECRET) {
      section.report(
          "secret", new Absent(section.where()), "at least " + LEAST_SECRET + " characters");
    }
    return secret;
  }

  private void require(Cluster cluster) {
    if (!cluster.members().isEmpty() && cluster.kubernetesService() != null) {
      section.report("members", "either members or kubernetes.service");
    }
    if (cluster.clustered() && cluster.secret() == null && !cluster.onThisMachine()) {
      section.report(
          "secret",
          "a text that all nodes share while cluster.host is no loopback address: without it anybody could join");
    }
  }
}
