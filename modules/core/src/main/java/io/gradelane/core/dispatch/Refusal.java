package io.gradelane.core.dispatch;

/** Why a run was not granted. */
public enum Refusal {
  /** The lane has as many waiting as it may. */
  LANE_FULL,
  /** It waited as long as it may, or its estimated start was later than that when it came. */
  PATIENCE,
  /** No server that is not excluded has the language, in any state. */
  NO_SERVER,
  /** Too many runs of the pool were tried again lately. */
  RETRY_BUDGET,
  /** The second look at a doubtful verdict would have cost more than its share of slot time. */
  QUIET_BUDGET,
  /** The tenant has as many in flight or waiting, or has sent as many this minute, as it may. */
  TENANT_LIMIT,
  /** No such lane in this pool. */
  UNKNOWN_LANE,
  /** Its caller has gone. */
  CANCELLED,
  /** The pool is closing and nobody has taken it over. */
  CLOSING
}
