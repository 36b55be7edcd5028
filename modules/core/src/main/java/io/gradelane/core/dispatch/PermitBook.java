package io.gradelane.core.dispatch;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The permits that are out: given by this term, taken over from an earlier one, or quarantined because nobody knows
 * whether their run still executes.
 */
final class PermitBook {

  private static final RunId NOBODYS = new RunId(new UUID(0, 0));

  private final Books books;
  private final Term term;
  private long given;

  /** Permits that hold a slot until their deadline, or until somebody knows how they ended. */
  private final Map<PermitId, Ask> quarantine = new HashMap<>();

  PermitBook(Books books, Term term) {
    this.books = books;
    this.term = term;
  }

  int quarantined() {
    return quarantine.size();
  }

  /** A run that has left its lane gets the slot of its server. */
  PermitId give(Ask ask, long now) {
    PermitId permit = new PermitId(term, ++given);
    hold(ask, permit, now, now);
    books.retries.granted();
    books.tally.granted++;
    return permit;
  }

  /** The ask that holds {@code permit}; null if nobody does. */
  @Nullable
  Ask holder(RunId run, PermitId permit) {
    Ask ask = books.asks.get(run);
    return ask != null && ask.state == Ask.State.GRANTED && permit.equals(ask.permit) ? ask : null;
  }

  void end(Ask ask, Ending ending, int millis, long now) {
    switch (ending) {
      case OK -> ranWell(ask, millis, now);
      case REFUSED -> {
        lower(ask, now);
        free(ask, 0, now);
      }
      case LOST -> {
        ask.lost = true;
        quarantine(ask, millis, now);
      }
      case UNUSED -> free(ask, 0, now);
    }
  }

  /** A quarantined permit has ended after all, unless its own node has lost it. True if its slot is free. */
  boolean endLate(PermitId permit, Ending ending, long now) {
    Ask ask = quarantine.get(permit);
    if (ask == null || ask.lost || ending == Ending.LOST) {
      return false;
    }
    if (ending == Ending.REFUSED) {
      lower(ask, now);
    }
    release(permit, now);
    return true;
  }

  void ranWell(Ask ask, int millis, long now) {
    ask.lane.measured(millis, now);
    if (Objects.requireNonNull(ask.server).raise()) {
      books.servers.recount();
      books.slotsChanged(now);
    }
    free(ask, millis, now);
  }

  /** The permit is nobody's any more, but its run may still be executing. */
  void quarantine(Ask ask, int millis, long now) {
    books.tally.lost++;
    endPermit(ask, millis, now);
    isolate(ask, Times.after(ask.grantedAt, ask.want.deadlineMillis()), now);
  }

  /** A permit of another term, held by a node that has reported: as if it had been given here. */
  void adopt(Want want, PermitId permit, String server, long agoMillis, long now) {
    release(permit, now);
    Ask known = books.asks.get(want.run());
    if (known != null && !known.waits() && permit.equals(known.permit)) {
      return;
    }
    long grantedAt = now - Math.max(0, agoMillis) * Times.MILLI;
    Ask ask = books.ask(want, laneOf(want.lane()), grantedAt);
    ask.server = books.servers.orGone(server);
    books.kinds.release(ask.kind, books.servers);
    books.asks.put(ask);
    books.lanes.uses(ask.lane, 1);
    hold(ask, permit, grantedAt, now);
    books.observe(ask.lane, now);
  }

  /** A permit of which nobody knows how it ended holds its slot for so long; one that is known already changes nothing. */
  void isolate(PermitId permit, String lane, String server, long leftMillis, long now) {
    if (leftMillis <= 0 || quarantine.containsKey(permit)) {
      return;
    }
    Want want = new Want(
        NOBODYS,
        1,
        lane,
        "",
        "",
        "",
        null,
        0,
        1,
        0,
        0,
        leftMillis,
        false,
        java.util.Set.of(),
        null);
    Ask ask = books.ask(want, laneOf(lane), now);
    books.kinds.release(ask.kind, books.servers);
    ask.server = books.servers.orGone(server);
    ask.permit = permit;
    ask.grantedAt = now;
    ask.grantedEvent = books.event;
    books.lanes.uses(ask.lane, 1);
    books.servers.take(ask.server, ask, books.event);
    isolate(ask, Times.after(now, leftMillis), now);
    books.observe(ask.lane, now);
  }

  /** The deadline of a quarantined permit has come. */
  void expire(Ask ask, long now) {
    quarantine.remove(Objects.requireNonNull(ask.permit));
    ask.state = Ask.State.GONE;
    freeSlot(ask, now);
  }

  /** Somebody knows that {@code permit} is not in use; nothing happens if it is not quarantined. */
  void release(PermitId permit, long now) {
    Ask ask = quarantine.get(permit);
    if (ask != null) {
      books.deadlines.remove(ask);
      expire(ask, now);
    }
  }

  /** Permits that nobody has ended long after their deadline: their node has forgotten them. */
  void takeBackForgotten(long now) {
    List<Ask> forgotten = new ArrayList<>();
    books.asks.forEach(ask -> {
      if (ask.state == Ask.State.GRANTED
          && now > Times.after(ask.grantedAt, 2 * ask.want.deadlineMillis()) + Times.MINUTE) {
        forgotten.add(ask);
      }
    });
    for (Ask ask : forgotten) {
      books.tally.forgotten++;
      free(ask, 0, now);
    }
  }

  /** Those that nobody holds. */
  void forEachQuarantined(Consumer<Ask> consumer) {
    quarantine.values().forEach(consumer);
  }

  /** A lane may have changed sides. */
  void recountBulk() {
    for (Server server : books.servers.all()) {
      server.bulkInUse = 0;
    }
    books.asks.forEach(PermitBook::countIfBulk);
    quarantine.values().forEach(PermitBook::countIfBulk);
    books.servers.recount();
  }

  private static void countIfBulk(Ask ask) {
    boolean out = ask.state == Ask.State.GRANTED || ask.state == Ask.State.QUARANTINED;
    if (out && ask.lane.bulk()) {
      Objects.requireNonNull(ask.server).bulkInUse++;
    }
  }

  private void hold(Ask ask, PermitId permit, long grantedAt, long now) {
    Server server = Objects.requireNonNull(ask.server);
    ask.lane.granted(ask);
    ask.tenant().inFlight++;
    books.servers.take(server, ask, books.event);
    books.affinity.remember(ask, server, now);
    ask.state = Ask.State.GRANTED;
    ask.permit = permit;
    ask.grantedAt = grantedAt;
    ask.grantedEvent = books.event;
  }

  private void lower(Ask ask, long now) {
    if (Objects.requireNonNull(ask.server).lower(ask.grantedEvent, books.event)) {
      books.tally.lowered++;
      books.servers.recount();
      books.slotsChanged(now);
    }
  }

  /** The permit is nobody's any more, and its slot is free. */
  private void free(Ask ask, int millis, long now) {
    endPermit(ask, millis, now);
    ask.state = Ask.State.GONE;
    freeSlot(ask, now);
  }

  private void endPermit(Ask ask, int millis, long now) {
    books.asks.remove(ask);
    ask.tenant().inFlight--;
    ask.lane.corrected(ask, millis, now);
    books.quietBudget.used(millis, now);
    if (ask.want.quiet()) {
      books.quietBudget.correct((long) millis - ask.want.costMillis(), now);
    }
  }

  private void isolate(Ask ask, long until, long now) {
    ask.deadline = until;
    if (until <= now) {
      ask.state = Ask.State.GONE;
      freeSlot(ask, now);
    } else {
      ask.state = Ask.State.QUARANTINED;
      quarantine.put(Objects.requireNonNull(ask.permit), ask);
      books.deadlines.add(ask);
    }
  }

  private void freeSlot(Ask ask, long now) {
    books.servers.free(Objects.requireNonNull(ask.server), ask, books.event);
    books.lanes.uses(ask.lane, -1);
    books.observe(ask.lane, now);
  }

  private Lane laneOf(String name) {
    Lane lane = books.lanes.named(name);
    return lane == null ? books.lanes.probes : lane;
  }
}
