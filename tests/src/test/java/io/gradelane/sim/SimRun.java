package io.gradelane.sim;

import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.RunId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run as its node sees it. */
final class SimRun {

  enum State {
    NEW,
    WAITING,
    RUNNING,
    ENDED
  }

  /** A permit that is out. */
  static final class Permit {
    final SimRun run;
    final PermitId id;
    final SimServer server;
    final SimLane lane;
    final boolean quiet;
    final long grantedAt;

    /** Whether its server had more permits out than cores at any moment of its life. */
    boolean crowded;

    Permit(SimRun run, PermitId id, SimServer server, long now) {
      this.run = run;
      this.id = id;
      this.server = server;
      this.lane = run.lane;
      this.quiet = run.want().quiet();
      this.grantedAt = now;
    }
  }

  final RunId id;
  final SimLane lane;
  final int tenant;
  final int user;
  final int language;
  final int millis;
  final long came;
  final Set<String> failedOn = new HashSet<>();

  State state = State.NEW;
  private @Nullable Want want;

  @Nullable
  Permit permit;

  long deadline;

  @Nullable
  Refusal refusal;

  boolean callerGone;

  SimRun(RunId id, SimLane lane, int tenant, int user, int language, int millis, long came) {
    this.id = id;
    this.lane = lane;
    this.tenant = tenant;
    this.user = user;
    this.language = language;
    this.millis = millis;
    this.came = came;
  }

  Want want() {
    return java.util.Objects.requireNonNull(want, "not asked for yet");
  }

  void want(Want next) {
    want = next;
  }

  /** Anywhere but where its language is, and whoever's turn it is. */
  boolean special() {
    Want asked = want();
    return asked.quiet() || asked.pinned() != null || !asked.excluded().isEmpty();
  }
}
