package io.gradelane.bus.wire;

import io.gradelane.bus.BusMessage;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.server.ServerState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers of messages, and of records within them that are one of several kinds. Never changed, never used again. */
final class Kinds {

  private static final Map<Long, Class<?>> TYPES = new HashMap<>();
  private static final Map<Class<?>, Long> NUMBERS = new HashMap<>();

  static {
    kind(1, BusMessage.Told.class);
    kind(2, BusMessage.Decided.class);
    kind(3, BusMessage.Evidence.class);
    kind(4, BusMessage.Status.class);

    kind(10, PeerMessage.Beat.class);
    kind(11, PeerMessage.Announce.class);
    kind(12, PeerMessage.Report.class);
    kind(13, PeerMessage.Told.class);
    kind(14, PeerMessage.Ruled.class);
    kind(15, PeerMessage.Digest.class);
    kind(16, PeerMessage.Moved.class);
    kind(17, PeerMessage.Handover.class);
    kind(18, PeerMessage.Farewell.class);

    kind(30, PoolQuestion.WhyWaiting.class);
    kind(31, PoolQuestion.LongestWaiting.class);
    kind(32, PoolQuestion.View.class);
    kind(33, PoolQuestion.Lanes.class);
    kind(34, PoolQuestion.SetLane.class);
    kind(35, PoolQuestion.WhoOwns.class);
    kind(38, PoolQuestion.RestoreLanes.class);

    kind(40, PoolAnswer.Waiting.class);
    kind(41, PoolAnswer.LongestWaiting.class);
    kind(42, PoolAnswer.Viewed.class);
    kind(43, PoolAnswer.AllLanes.class);
    kind(44, PoolAnswer.LaneSet.class);
    kind(45, PoolAnswer.Stale.class);
    kind(46, PoolAnswer.NoSuchLane.class);
    kind(47, PoolAnswer.Owned.class);

    kind(50, HealthCommand.Refresh.class);
    kind(51, HealthCommand.Drain.class);
    kind(52, HealthCommand.Undrain.class);
    kind(53, HealthCommand.SetWeight.class);
    kind(54, HealthCommand.SetSlots.class);
    kind(55, HealthCommand.TellConfigured.class);
    kind(56, HealthCommand.ProbeAll.class);
    kind(58, HealthCommand.Restore.class);
    kind(59, HealthCommand.Reset.class);

    kind(90, HealthCommand.Join.class);
    kind(91, HealthCommand.Close.class);
    kind(92, HealthCommand.Leave.class);

    kind(60, HealthAnswer.Refreshed.class);
    kind(61, HealthAnswer.Changed.class);
    kind(62, HealthAnswer.Stale.class);
    kind(63, HealthAnswer.NoSuchServer.class);
    kind(64, HealthAnswer.Invalid.class);
    kind(65, HealthAnswer.Configured.class);
    kind(66, HealthAnswer.Probed.class);
    kind(69, HealthAnswer.Restored.class);
    kind(67, HealthAnswer.Outdated.class);
    kind(68, HealthAnswer.Settled.class);

    kind(70, FleetCommand.Launch.class);
    kind(71, FleetCommand.Drain.class);
    kind(72, FleetCommand.Undrain.class);
    kind(73, FleetCommand.Terminate.class);

    kind(80, FleetAnswer.Changed.class);
    kind(81, FleetAnswer.NoSuchHost.class);
    kind(82, FleetAnswer.Refused.class);

    kind(100, Telling.Wanted.class);
    kind(101, Telling.Waits.class);
    kind(102, Telling.Cancelled.class);
    kind(103, Telling.Done.class);
    kind(104, Telling.Doubted.class);

    kind(110, Decision.Granted.class);
    kind(111, Decision.Refused.class);
    kind(112, Decision.Believed.class);

    kind(120, ServerState.Unknown.class);
    kind(121, ServerState.Ready.class);
    kind(122, ServerState.Suspect.class);
    kind(123, ServerState.Down.class);
    kind(124, ServerState.Warming.class);
    kind(125, ServerState.Draining.class);
    kind(126, ServerState.Drained.class);
  }

  private static void kind(long number, Class<?> type) {
    NUMBERS.put(type, number);
    if (TYPES.put(number, type) != null) {
      throw new IllegalStateException("kind " + number + " is given twice");
    }
  }

  /** @throws IllegalArgumentException if {@code type} never leaves the process */
  static long number(Class<?> type) {
    Long number = NUMBERS.get(type);
    if (number == null) {
      throw new IllegalArgumentException(
          type + " has no kind on the wire (expected: one of " + Kinds.class.getSimpleName() + ")");
    }
    return number;
  }

  /** The type of that kind; null if this build does not know it. */
  static @Nullable Class<?> type(long number) {
    return TYPES.get(number);
  }

  static Set<Class<?>> all() {
    return NUMBERS.keySet();
  }

  private Kinds() {}
}
