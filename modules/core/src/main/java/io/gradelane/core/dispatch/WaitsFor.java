package io.gradelane.core.dispatch;

/** What stands between a run and its start. */
public enum WaitsFor {
  /** Nothing is known of the run here: it has ended, or never came. */
  UNKNOWN,
  /** Nothing: it has its permit. */
  GRANTED,
  /** Its lane is paused. */
  LANE_PAUSED,
  /** Its lane has as many slots as it may. */
  LANE_CAP,
  /** The slots that are left are kept for lanes in which somebody sits and waits. */
  RESERVE,
  /** Its tenant has as many runs in flight as it may. */
  TENANT_IN_FLIGHT,
  /** No server that it may use takes runs at the moment. */
  SERVER_READY,
  /** Its server is being emptied to {@code cores}, so that its verdict can be believed. */
  QUIET_SERVER,
  /** All slots that it may use are taken, and lanes before its own wait too. */
  HIGHER_LANES,
  /** All slots that it may use are taken, and others of its lane come first. */
  TURN,
  /** All slots that it may use are taken; it is next. */
  SLOT
}
