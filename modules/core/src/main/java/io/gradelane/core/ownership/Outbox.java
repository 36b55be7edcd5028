package io.gradelane.core.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What goes to the other end of a session, numbered from 1, kept until the other end has it. */
final class Outbox<T> {

  /** Most items of one message. */
  static final int BATCH = 512;

  private static final int COMPACT = 1024;
  private static final long PAUSE = 20 * Timing.MILLI;

  private final List<T> items = new ArrayList<>();

  /** Place in {@link #items} of the first that is not acknowledged. */
  private int head;

  private long acknowledged;
  private long sent;

  /** When the other end last showed that it lives, or something was sent to it first. */
  private long movedAt;

  private long wentBackAt = Long.MIN_VALUE / 2;

  void add(T item) {
    items.add(item);
  }

  /** The number of the last item. */
  long last() {
    return acknowledged + items.size() - head;
  }

  boolean hasUnsent() {
    return sent < last();
  }

  boolean isEmpty() {
    return head == items.size();
  }

  /** Gives the next items that have not been sent, with their numbers. */
  void send(BiConsumer<Long, T> consumer, long now) {
    if (sent == acknowledged) {
      movedAt = now;
    }
    long until = Math.min(last(), sent + BATCH);
    while (sent < until) {
      T item = items.get(head + (int) (sent - acknowledged));
      sent++;
      consumer.accept(sent, item);
    }
  }

  /** The other end has everything up to {@code number}. */
  void acknowledge(long number, long now) {
    long until = Math.min(number, last());
    if (until > acknowledged) {
      head += (int) (until - acknowledged);
      acknowledged = until;
      sent = Math.max(sent, acknowledged);
      movedAt = now;
      compact();
    }
  }

  /** The other end has missed something; what is on its way may still close the gap, so not at every word of it. */
  void sendAgain(long now) {
    if (now - wentBackAt >= PAUSE) {
      wentBackAt = now;
      sent = acknowledged;
    }
  }

  /** Sends everything again if nothing has been acknowledged for long. */
  void resendIfSilent(long now) {
    if (sent > acknowledged && now - movedAt >= Timing.RESEND) {
      sent = acknowledged;
    }
  }

  /** What is not acknowledged, in order. */
  List<T> left() {
    return List.copyOf(items.subList(head, items.size()));
  }

  private void compact() {
    if (head == items.size()) {
      items.clear();
      head = 0;
    } else if (head >= COMPACT && head * 2 >= items.size()) {
      items.subList(0, head).clear();
      head = 0;
    }
  }
}
