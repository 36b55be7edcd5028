package io.gradelane.launcher;

import io.gradelane.cluster.HazelcastCluster;
import io.gradelane.cluster.Joining;
import io.gradelane.cluster.LocalMembers;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.ServerMap;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node stands on, alone or with others. A node that stands alone loads nothing of Hazelcast.
 *
 * @param joined whether the node belongs to its cluster now; one that stands alone always does
 * @param leave closes everything here, the last thing that a node does
 */
record Ground(
    Vertx vertx,
    Members members,
    ServerMap servers,
    BooleanSupplier joined,
    Supplier<Future<Void>> leave) {

  private static final Logger log = LoggerFactory.getLogger(Ground.class);

  /** @return fails in words, if the node can't listen where it should */
  static Future<Ground> open(Member self, Settings.Cluster cluster, VertxOptions options) {
    return cluster.clustered() ? together(self, cluster, options) : alone(self, options);
  }

  private static Future<Ground> alone(Member self, VertxOptions options) {
    Vertx vertx = Vertx.vertx(options);
    return Future.succeededFuture(new Ground(
        vertx, new LocalMembers(self), new LocalServerMap(vertx), () -> true, vertx::close));
  }

  private static Future<Ground> together(
      Member self, Settings.Cluster cluster, VertxOptions options) {
    return HazelcastCluster.join(joining(cluster), self, options)
        .onSuccess(joined -> tell(cluster, joined.members().snapshot().size()))
        .map(joined -> new Ground(
            joined.vertx(), joined.members(), joined.servers(), joined::isJoined, joined::leave))
        .recover(failure -> Future.failedFuture(PortTaken.orElse(
            failure, cluster.host(), cluster.port(), "cluster.port or GRADELANE_CLUSTER_PORT")));
  }

  private static Joining joining(Settings.Cluster cluster) {
    return new Joining(
        cluster.name(),
        cluster.host(),
        cluster.port(),
        cluster.busPort(),
        cluster.members(),
        cluster.kubernetesService(),
        cluster.secret());
  }

  /** A node of another name or secret does not answer either, so who was asked is said with it. */
  private static void tell(Settings.Cluster cluster, int members) {
    boolean first = members == 1;
    log.atInfo()
        .addKeyValue("cluster", cluster.name())
        .addKeyValue("members", members)
        .addKeyValue("asked", cluster.members())
        .log(
            first
                ? "no other node of this cluster's name and secret has answered: this one begins it"
                : "this node has joined the cluster");
  }
}
