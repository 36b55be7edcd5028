package io.gradelane.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members as Hazelcast tells them. Thread-safe. */
final class HazelcastMembers implements Members {

  private static final Logger log = LoggerFactory.getLogger(HazelcastMembers.class);

  private final Member self;
  private final Cluster cluster;
  private final Listeners<List<Member>> listeners;
  /** Written under the lock of {@link #look}. */
  private volatile List<Member> now;

  /** Whether this member belongs to the cluster now: not while it merges into the other side of a split, or has left. */
  private volatile boolean joined = true;

  private HazelcastMembers(Vertx vertx, HazelcastInstance hazelcast) {
    cluster = hazelcast.getCluster();
    self = Attributes.read(cluster.getLocalMember());
    listeners = new Listeners<>(vertx, this::snapshot);
    now = List.of(self);
  }

  static HazelcastMembers of(Vertx vertx, HazelcastInstance hazelcast) {
    HazelcastMembers members = new HazelcastMembers(vertx, hazelcast);
    hazelcast.getLifecycleService().addLifecycleListener(members::changed);
    members.cluster.addMembershipListener(members.new Follower());
    members.look();
    return members;
  }

  @Override
  public Member self() {
    return self;
  }

  @Override
  public List<Member> snapshot() {
    return now;
  }

  @Override
  public Runnable listen(Consumer<List<Member>> listener) {
    return listeners.add(listener);
  }

  boolean isJoined() {
    return joined;
  }

  private void changed(LifecycleEvent event) {
    LifecycleState state = event.getState();
    if (state == LifecycleState.MERGING || state == LifecycleState.SHUTTING_DOWN) {
      joined = false;
    } else if (state == LifecycleState.MERGED) {
      joined = true;
      look();
    } else if (state == LifecycleState.MERGE_FAILED) {
      log.error("this node could not join the other side of a split");
    }
  }

  private synchronized void look() {
    List<Member> seen = cluster.getMembers().stream()
        .filter(Attributes::isNode)
        .map(Attributes::read)
        .toList();
    if (!seen.equals(now) && seen.contains(self)) {
      now = seen;
      listeners.changed();
    }
  }

  private final class Follower implements MembershipListener {

    @Override
    public void memberAdded(MembershipEvent event) {
      tell(event, "a node has joined");
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      tell(event, "a node has left");
    }

    private void tell(MembershipEvent event, String what) {
      log.atInfo()
          .addKeyValue("node", Attributes.read(event.getMember()).node())
          .addKeyValue("members", event.getMembers().size())
          .log(what);
      look();
    }
  }
}
