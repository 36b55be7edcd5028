package io.gradelane.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.UnknownHostException;

/** A node's place in a cluster: the clustered Vert.x, the members and the server map. Closing the Vert.x leaves. */
public final class HazelcastCluster {

  /** Silence of a connection between two nodes that closes it, so that a healed network is used at once. */
  private static final int PING_MILLIS = 1_000;

  private static final int PING_REPLY_MILLIS = 3_000;
  private static final int CONNECT_MILLIS = 1_000;

  private final Vertx vertx;
  private final HazelcastMembers members;
  private final HazelcastServerMap servers;
  private final BusPresence presence;

  private HazelcastCluster(
      Vertx vertx, HazelcastMembers members, HazelcastServerMap servers, BusPresence presence) {
    this.vertx = vertx;
    this.members = members;
    this.servers = servers;
    this.presence = presence;
  }

  /**
   * Joins those that are there, or begins a cluster.
   *
   * @param options of the Vert.x; its event bus is set here
   * @return fails if this node can't listen where it should
   */
  public static Future<HazelcastCluster> join(Joining joining, Member self, VertxOptions options) {
    HazelcastClusterManager manager;
    try {
      manager = new HazelcastClusterManager(HazelcastSetup.of(joining, self));
      options.setEventBusOptions(bus(joining));
    } catch (UnknownHostException e) {
      return Future.failedFuture(new IllegalArgumentException(
          "cluster.host: " + joining.host() + " (expected: a name or address of this machine)", e));
    }
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .compose(vertx -> open(vertx, manager));
  }

  private static EventBusOptions bus(Joining joining) throws UnknownHostException {
    String address = HazelcastSetup.address(joining.host());
    EventBusOptions bus = new EventBusOptions()
        .setHost(address)
        .setPort(joining.busPort())
        .setClusterPublicHost(address)
        .setClusterPingInterval(PING_MILLIS)
        .setClusterPingReplyInterval(PING_REPLY_MILLIS);
    bus.setConnectTimeout(CONNECT_MILLIS);
    return bus;
  }

  private static Future<HazelcastCluster> open(Vertx vertx, HazelcastClusterManager manager) {
    HazelcastInstance hazelcast = manager.getHazelcastInstance();
    HazelcastMembers members = HazelcastMembers.of(vertx, hazelcast);
    return Future.all(HazelcastServerMap.open(vertx, hazelcast), BusPresence.of(vertx, manager))
        .map(opened -> {
          HazelcastServerMap servers = opened.resultAt(0);
          members.listen(any -> servers.readAgain());
          hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
              servers.readAgain();
            }
          });
          return new HazelcastCluster(vertx, members, servers, opened.resultAt(1));
        });
  }

  public Vertx vertx() {
    return vertx;
  }

  public Members members() {
    return members;
  }

  public ServerMap servers() {
    return servers;
  }

  /** Not while it merges into the other side of a split, nor when it leaves. */
  public boolean isJoined() {
    return members.isJoined();
  }

  /** Leaves, and closes the Vert.x. */
  public Future<Void> leave() {
    presence.end();
    servers.close();
    return vertx.close();
  }
}
