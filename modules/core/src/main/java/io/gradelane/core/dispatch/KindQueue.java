package io.gradelane.core.dispatch;

import org.jspecify.annotations.Nullable;

/** The waiting runs of one user and one kind, the oldest first; later attempts before first ones. */
final class KindQueue {

  final Kind kind;

  @Nullable
  Ask head;

  private @Nullable Ask tail;

  KindQueue(Kind kind) {
    this.kind = kind;
  }

  /** Keeps the order by age: a later attempt is looked for from the head, all else from the tail. */
  void add(Ask ask) {
    Ask before = ask.again() ? lastAgainBefore(ask) : lastBefore(ask);
    ask.previous = before;
    ask.next = before == null ? head : before.next;
    if (before == null) {
      head = ask;
    } else {
      before.next = ask;
    }
    if (ask.next == null) {
      tail = ask;
    } else {
      ask.next.previous = ask;
    }
  }

  void remove(Ask ask) {
    if (ask.previous == null) {
      head = ask.next;
    } else {
      ask.previous.next = ask.next;
    }
    if (ask.next == null) {
      tail = ask.previous;
    } else {
      ask.next.previous = ask.previous;
    }
    ask.previous = null;
    ask.next = null;
  }

  private @Nullable Ask lastBefore(Ask ask) {
    Ask at = tail;
    while (at != null && !at.again() && at.since > ask.since) {
      at = at.previous;
    }
    return at;
  }

  private @Nullable Ask lastAgainBefore(Ask ask) {
    Ask before = null;
    for (Ask at = head; at != null && at.again() && at.since <= ask.since; at = at.next) {
      before = at;
    }
    return before;
  }
}
