package io.gradelane.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** How Hazelcast is set: for few nodes that shall be missed soon, and for nothing that we don't use. */
final class HazelcastSetup {

  /** Two nodes may die at once, and nothing is lost. */
  private static final int BACKUPS = 2;

  private static final int MERGE_BATCH = 100;
  private static final int CONNECT_SECONDS = 2;

  private static final Map<String, String> PROPERTIES = Map.ofEntries(
      // A member that is silent for ten seconds is out. Less would put out one whose machine only
      // stutters, and a member
      // that is put out comes back by a merge.
      Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
      Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
      // The two sides of a split look for each other all the time.
      Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
      Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
      Map.entry("hazelcast.wait.seconds.before.join", "1"),
      Map.entry("hazelcast.max.wait.seconds.before.join", "3"),
      // Who waits for a member that hangs waits until it is out, and not for a minute.
      Map.entry("hazelcast.operation.call.timeout.millis", "15000"),
      Map.entry("hazelcast.operation.backup.timeout.millis", "500"),
      Map.entry("hazelcast.graceful.shutdown.max.wait", "5"),
      // Only on the address that is configured, found only as configured, and nobody is told of it.
      Map.entry("hazelcast.socket.bind.any", "false"),
      Map.entry("hazelcast.phone.home.enabled", "false"),
      Map.entry("hazelcast.logging.type", "slf4j"),
      // Gradelane drains first.
      Map.entry("hazelcast.shutdownhook.enabled", "false"),
      // Few threads: the maps are small.
      Map.entry("hazelcast.operation.thread.count", "2"),
      Map.entry("hazelcast.operation.generic.thread.count", "2"),
      Map.entry("hazelcast.event.thread.count", "2"),
      Map.entry("hazelcast.io.input.thread.count", "1"),
      Map.entry("hazelcast.io.output.thread.count", "1"),
      Map.entry("hazelcast.clientengine.thread.count", "1"),
      Map.entry("hazelcast.clientengine.query.thread.count", "1"),
      Map.entry("hazelcast.clientengine.blocking.thread.count", "1"),
      Map.entry("hazelcast.health.monitoring.level", "OFF"));

  private HazelcastSetup() {}

  /** @throws UnknownHostException if the node's own host is no address of anything */
  static Config of(Joining joining, Member self) throws UnknownHostException {
    Config config = new Config();
    config.setClusterName(nameWithSecret(joining));
    config.setInstanceName(self.node());
    PROPERTIES.forEach(config::setProperty);
    config.getMetricsConfig().setEnabled(false);
    config.getMemberAttributeConfig().setAttributes(Attributes.of(self));
    network(config.getNetworkConfig(), joining);
    config.addMapConfig(map(HazelcastServerMap.NAME, NewestServer.class.getName()));
    config.addMapConfig(map("__vertx.*", LatestUpdateMergePolicy.class.getName()));
    config.addMapConfig(nodeAddresses());
    config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
        .setBackupCount(BACKUPS)
        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    return config;
  }

  static String address(String host) throws UnknownHostException {
    return InetAddress.getByName(host).getHostAddress();
  }

  private static void network(NetworkConfig network, Joining joining) throws UnknownHostException {
    InetSocketAddress own = new InetSocketAddress(address(joining.host()), joining.port());
    network.setPort(joining.port()).setPortAutoIncrement(false);
    network
        .getMemberAddressProviderConfig()
        .setEnabled(true)
        .setImplementation(new OwnAddress(own));
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    if (joining.kubernetesService() == null) {
      join.getTcpIpConfig()
          .setEnabled(true)
          .setConnectionTimeoutSeconds(CONNECT_SECONDS)
          .setMembers(joining.members());
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", joining.kubernetesService())
          .setProperty("service-port", String.valueOf(joining.port()));
    }
  }

  /**
   * Where the event bus of each node listens. Asked for whenever a connection of the bus broke, so each node reads its
   * own copy: Hazelcast's connections may have broken too, and whoever waits for an answer that was on one of them waits
   * for half a minute.
   */
  private static MapConfig nodeAddresses() {
    return map("__vertx.nodeInfo", LatestUpdateMergePolicy.class.getName()).setReadBackupData(true);
  }

  private static MapConfig map(String name, String mergePolicy) {
    return new MapConfig(name)
        .setBackupCount(BACKUPS)
        .setStatisticsEnabled(true)
        .setPerEntryStatsEnabled(true)
        .setMergePolicyConfig(new MergePolicyConfig(mergePolicy, MERGE_BATCH));
  }

  /** Members of another name are turned away, and who lacks the secret can't know the name. */
  private static String nameWithSecret(Joining joining) {
    return joining.secret() == null
        ? joining.cluster()
        : joining.cluster() + "-" + digest("member of " + joining.cluster() + joining.secret());
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
