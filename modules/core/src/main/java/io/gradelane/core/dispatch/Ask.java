package io.gradelane.core.dispatch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One want on its way through the dispatcher. Written by the {@link Dispatcher} and its parts only.
 *
 * <pre>
 *            turn came, quiet               server calm
 *  WAITING ───────────────────► HELD ──────────────────► GRANTED ──done──► (forgotten)
 *     │ ▲                        │ │                        ▲  │
 *     │ └──── server gone ───────┘ │                        │  │ lost, or asked for again
 *     ├── permit ──────────────────┼────────────────────────┘  ▼
 *     └── cancel, patience ────────┴──► (forgotten)  ◄──────── QUARANTINED
 *                                                    deadline
 * </pre>
 */
final class Ask {

  enum State {
    WAITING,
    HELD,
    GRANTED,
    QUARANTINED,
    GONE
  }

  final Want want;
  final Lane lane;
  final UserFlow flow;
  final Kind kind;

  /** When it began to wait, wherever that was; its age counts from here. */
  final long since;

  State state = State.WAITING;

  /** When its patience ends while it waits; when its server is free of it while it is quarantined. */
  long deadline = Long.MAX_VALUE;

  /** Place in {@link Deadlines}, −1 if it is not there. */
  int heapIndex = -1;

  @Nullable
  Ask previous;

  @Nullable
  Ask next;

  /** Set from the moment that it is held or granted. */
  @Nullable
  Server server;

  /** Set from the moment that it is granted. */
  @Nullable
  PermitId permit;

  /** Whether its own node does not know either how it ended. */
  boolean lost;

  long grantedAt;

  /** The dispatcher's event number at its grant. */
  long grantedEvent;

  Ask(Want want, Lane lane, UserFlow flow, Kind kind, long since) {
    this.want = want;
    this.lane = lane;
    this.flow = flow;
    this.kind = kind;
    this.since = since;
  }

  Tenant tenant() {
    return flow.tenant.tenant;
  }

  boolean waits() {
    return state == State.WAITING || state == State.HELD;
  }

  /** A later attempt of a run goes before the first attempts of its flow. */
  boolean again() {
    return want.attempt() > 1;
  }

  /** How long it has had its permit. */
  long heldMillis(long now) {
    return Math.max(0, (now - grantedAt) / Times.MILLI);
  }

  /** A quarantined one, for others. */
  Holding quarantined(long now) {
    return new Holding(
        Objects.requireNonNull(permit),
        lane.spec.name(),
        Objects.requireNonNull(server).id,
        Math.max(0, (deadline - now) / Times.MILLI));
  }

  long waitedMillis(long now) {
    return Math.max(0, (now - since) / Times.MILLI);
  }
}
