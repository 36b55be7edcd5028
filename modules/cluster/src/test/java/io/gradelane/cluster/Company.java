package io.gradelane.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gradelane.testkit.FreePort;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Some members of one cluster in this process, on loopback. */
final class Company implements AutoCloseable {

  private final String name;
  private final int port = FreePort.next();
  private final List<HazelcastInstance> members = new ArrayList<>();
  private final AtomicBoolean isFirst = new AtomicBoolean(true);

  Company(String name) {
    this.name = name;
  }

  /** One more, on a port of its own, that looks for the first. */
  HazelcastInstance join(String node) {
    HazelcastInstance joined = Hazelcast.newHazelcastInstance(config(joining(), member(node)));
    members.add(joined);
    return joined;
  }

  /** How the next one finds the others. */
  Joining joining() {
    return joining(members.isEmpty() ? port : FreePort.next());
  }

  /** The same for members that are not made here: the first one first. */
  Joining next() {
    return joining(isFirst.compareAndSet(true, false) ? port : FreePort.next());
  }

  private Joining joining(int next) {
    return new Joining(name, "127.0.0.1", next, 0, List.of("127.0.0.1:" + port), null, null);
  }

  static com.hazelcast.config.Config config(Joining joining, Member self) {
    try {
      return HazelcastSetup.of(joining, self);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  static Member member(String node) {
    return new Member(node, "", "1.2.3", 1, "pool=abc", "127.0.0.1:9", 1_700_000_000_000L);
  }

  @Override
  public void close() {
    members.forEach(each -> each.getLifecycleService().terminate());
  }
}
