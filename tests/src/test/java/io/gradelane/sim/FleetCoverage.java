package io.gradelane.sim;

/** How often each kind of fault and edge of the fleet was really met. */
final class FleetCoverage extends Tally<FleetCoverage.Met> {

  enum Met {
    SEEDS,
    STEADY,
    PASSES,
    LAUNCHED,
    LAUNCH_REFUSED,
    LAUNCH_FAILED_BEFORE,
    LAUNCH_FAILED_AFTER,
    LAUNCH_REPEATED,
    LAUNCH_SLOW,
    LAUNCH_BROKEN,
    LAUNCH_EXPIRED,
    LISTING_FAILED,
    LISTING_EMPTY,
    LISTED_LATE,
    HIDDEN_FOR_A_WHILE,
    LISTED_WHEN_DEAD,
    LISTED_AS_ENDED,
    GONE_AS_ENDED,
    TERMINATE_FAILED,
    TERMINATE_FORGOTTEN,
    KILLED,
    STRANGER,
    ADOPTED,
    REQUEST_LOST,
    LAUNCH_LATE,
    ANSWER_LOST,
    ANSWER_LATE,
    CRASHED_BEFORE_STEP,
    CRASHED_AFTER_STEP,
    CRASHED_AFTER_INTENT,
    CRASHED_AFTER_LAUNCH,
    FROZEN,
    TAKEN_OVER,
    TWO_LEADERS,
    FENCED,
    GROUPED,
    POOL_FENCED,
    LOAD_UNKNOWN,
    POOL_SILENT,
    RUN_HANGS,
    AT_MAX,
    DRAINED,
    TAKEN_BACK,
    UNHEALTHY,
    UNHEALTHY_EXPIRED,
    ENDED_IDLE,
    GONE,
    GHOST,
    OPERATOR_DRAINED,
    OPERATOR_CONDEMNED,
    EXAM
  }

  FleetCoverage() {
    super(Met.class);
  }
}
