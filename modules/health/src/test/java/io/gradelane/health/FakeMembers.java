package io.gradelane.health;

import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Nodes that come and go as a test says; each sees all of them at once. */
final class FakeMembers {

  private final Vertx vertx;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<Member> now = List.of();

  FakeMembers(Vertx vertx) {
    this.vertx = vertx;
  }

  Members join(String node) {
    Member member = new Member(node, "", "dev", 1, "", "", 0);
    List<Member> more = new ArrayList<>(now);
    more.add(member);
    change(more);
    return new View(member);
  }

  void leave(String node) {
    change(now.stream().filter(member -> !member.node().equals(node)).toList());
  }

  List<Member> all() {
    return now;
  }

  private void change(List<Member> next) {
    now = List.copyOf(next);
    listeners.forEach(Runnable::run);
  }

  private final class View implements Members {

    private final Member self;

    View(Member self) {
      this.self = self;
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
      Context context = vertx.getOrCreateContext();
      Runnable tell = () -> context.runOnContext(turn -> listener.accept(now));
      listeners.add(tell);
      return () -> listeners.remove(tell);
    }
  }
}
