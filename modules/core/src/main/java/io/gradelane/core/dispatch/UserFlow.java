package io.gradelane.core.dispatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One user's waiting runs within a tenant and a lane. */
final class UserFlow extends Share {

  final String user;
  final TenantFlows tenant;
  private KindQueue[] queues = new KindQueue[0];

  UserFlow(String user, TenantFlows tenant) {
    this.user = user;
    this.tenant = tenant;
  }

  void add(Ask ask) {
    queue(ask.kind).add(ask);
    kinds.add(ask.kind);
    waiting++;
  }

  void remove(Ask ask) {
    queue(ask.kind).remove(ask);
    kinds.remove(ask.kind);
    waiting--;
  }

  @Override
  boolean eligible(long open) {
    long common = kinds.mask() & open;
    return (common & ~Kind.OVERFLOW_BIT) != 0 || (common != 0 && first() != null);
  }

  /** The oldest run of an open kind. */
  @Nullable
  Ask first() {
    Ask first = null;
    for (KindQueue queue : queues) {
      Ask head = queue.head;
      if (head != null && queue.kind.open && (first == null || before(head, first))) {
        first = head;
      }
    }
    return first;
  }

  /** The oldest run of any kind. */
  @Nullable
  Ask oldest() {
    Ask oldest = null;
    for (KindQueue queue : queues) {
      Ask head = queue.head;
      if (head != null && (oldest == null || head.since < oldest.since)) {
        oldest = head;
      }
    }
    return oldest;
  }

  /** How many of this user's runs come before {@code ask}. */
  int before(Ask ask) {
    int count = 0;
    for (KindQueue queue : queues) {
      for (Ask at = queue.head; at != null && at != ask && before(at, ask); at = at.next) {
        count++;
      }
    }
    return count;
  }

  private static boolean before(Ask one, Ask other) {
    return one.again() == other.again() ? one.since <= other.since : one.again();
  }

  private KindQueue queue(Kind kind) {
    int free = -1;
    for (int i = 0; i < queues.length; i++) {
      if (queues[i].kind == kind) {
        return queues[i];
      }
      if (queues[i].head == null) {
        free = i;
      }
    }
    if (free < 0) {
      free = queues.length;
      queues = Arrays.copyOf(queues, free + 1);
    }
    queues[free] = new KindQueue(kind);
    return queues[free];
  }
}
