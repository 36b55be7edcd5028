package io.gradelane.bus.wire;

import io.gradelane.bus.BusMessage;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.WaitsFor;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.dispatch.Why;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.ownership.PeerMessage.Held;
import io.gradelane.core.ownership.PeerMessage.NodeHoldings;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import io.gradelane.core.ownership.PeerMessage.NumberedTelling;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerWord;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A message of every kind; their bytes are among the resources, by class name. */
final class Samples {

  static final RunId RUN = RunId.parse("0192f0c1-2345-7abc-8def-0123456789ab");
  static final RunId OTHER = RunId.parse("0192f0c1-2346-7abc-8def-0123456789ac");
  static final Term TERM = new Term(7, "hall-3f9a2c");
  static final PermitId PERMIT = new PermitId(TERM, 42_001);
  static final PermitId OLDER = new PermitId(new Term(6, "attic-77b0e1"), 9);
  static final Want WANT = new Want(
      RUN,
      1,
      "exam",
      "moodle",
      "u4711",
      "python3",
      "moodle/job-1",
      -81_985_529_216_486_896L,
      1500,
      0,
      60_000,
      35_000,
      false,
      Set.of(),
      null);
  static final Want QUIET = new Want(
      RUN,
      2,
      "bulk",
      "grader",
      "",
      "java",
      null,
      0,
      4000,
      1234,
      600_000,
      55_000,
      true,
      Set.of("s2"),
      "s1");
  static final LaneSpec LANE =
      new LaneSpec("exam", true, 40, 2, LaneSpec.UNLIMITED, Duration.ofSeconds(60), 5000, false);
  static final VersionedLane VERSIONED = new VersionedLane(LANE, 3);
  static final Decision.Granted GRANTED = new Decision.Granted(RUN, PERMIT, "jobe-2", 17);
  static final Holding HOLDING = new Holding(PERMIT, "exam", "jobe-2", 34_200);
  static final PeerMessage.Beat BEAT = new PeerMessage.Beat(
      TERM,
      List.of(
          new NodeHoldings("hall-3f9a2c", List.of(HOLDING)),
          new NodeHoldings("attic-77b0e1", List.of())),
      List.of(new Holding(OLDER, "bulk", "jobe-1", 5)),
      List.of(VERSIONED));
  private static final Instant THEN = Instant.parse("2026-03-01T10:15:30.123456Z");
  static final Why WHY =
      new Why(RUN, "exam", 3, 12, WaitsFor.TURN, "place 3 of 12 in lane exam", 800, -1);

  static final List<Object> ALL = List.of(
      new BusMessage.Told(
          "decided.main.hall-3f9a2c.1",
          List.of(new Telling.Wanted(WANT), new Telling.Done(OTHER, OLDER, Ending.REFUSED, 20))),
      new BusMessage.Decided(List.of(GRANTED, new Decision.Believed(OTHER))),
      new BusMessage.Evidence("jobe-2", Ending.LOST, true, "connection was reset"),
      new BusMessage.Status(Map.of("jobe-1", 3, "jobe-2", 0)),
      BEAT,
      new PeerMessage.Announce(TERM),
      new PeerMessage.Report(
          TERM,
          "attic-77b0e1",
          4,
          List.of(new Held(QUIET, OLDER, "jobe-1", 950)),
          List.of(HOLDING),
          List.of(VERSIONED),
          2,
          List.of(new NodeHoldings("cellar-19c2d8", List.of(HOLDING)))),
      new PeerMessage.Told(
          TERM,
          "attic-77b0e1",
          4,
          11,
          true,
          List.of(
              new NumberedTelling(8, new Telling.Wanted(WANT)),
              new NumberedTelling(9, new Telling.Waits(QUIET)),
              new NumberedTelling(10, new Telling.Cancelled(RUN)),
              new NumberedTelling(11, new Telling.Done(RUN, PERMIT, Ending.OK, 812)),
              new NumberedTelling(12, new Telling.Doubted(RUN, PERMIT, 10_000, QUIET)),
              new NumberedTelling(13, null))),
      new PeerMessage.Ruled(
          TERM,
          4,
          12,
          true,
          List.of(
              new NumberedDecision(12, GRANTED),
              new NumberedDecision(
                  13, new Decision.Refused(OTHER, Refusal.PATIENCE, "waited 60000 ms")),
              new NumberedDecision(14, new Decision.Believed(OTHER)))),
      new PeerMessage.Digest(TERM, "attic-77b0e1", 4, 12, 14, 3, 0x1234_5678_9abc_def0L, 1, -2),
      new PeerMessage.Moved(TERM, "attic-77b0e1"),
      new PeerMessage.Handover(BEAT),
      new PeerMessage.Farewell(TERM, "attic-77b0e1"),
      new PoolQuestion.WhyWaiting(RUN),
      new PoolQuestion.LongestWaiting(20),
      new PoolQuestion.View(),
      new PoolQuestion.Lanes(),
      new PoolQuestion.SetLane(LANE.withPaused(true), 3),
      new PoolQuestion.WhoOwns(),
      new PoolQuestion.RestoreLanes(List.of(VERSIONED)),
      new PoolAnswer.Waiting(WHY),
      new PoolAnswer.LongestWaiting(List.of(WHY)),
      viewed(new PoolView.ServerUse("jobe-2", 8, 4, 3, 7, 1, true, false, 0)),
      new PoolAnswer.AllLanes(List.of(VERSIONED)),
      new PoolAnswer.LaneSet(VERSIONED),
      new PoolAnswer.Stale(VERSIONED),
      new PoolAnswer.NoSuchLane("exma"),
      new PoolAnswer.Owned("hall-3f9a2c", 7, true),
      new HealthCommand.Refresh(),
      new HealthCommand.Drain("jobe-2", 5),
      new HealthCommand.Undrain("jobe-2", HealthCommand.ANY_VERSION),
      new HealthCommand.SetWeight("jobe-2", 5, 0.5),
      new HealthCommand.SetSlots("jobe-2", 5, 16, null),
      new HealthCommand.TellConfigured(),
      new HealthCommand.ProbeAll(),
      new HealthCommand.Restore(
          Map.of("jobe-2", new ServerWord(1_772_360_130_123L, true, 0.5, 16, 6))),
      new HealthCommand.Reset("jobe-2", 5),
      new HealthAnswer.Refreshed(
          Map.of(
              "a", server("a", new ServerState.Unknown(THEN)),
              "b", server("b", new ServerState.Ready(THEN, 1)),
              "c", server("c", new ServerState.Suspect("timed out", THEN, 2)),
              "d", server("d", new ServerState.Down("connection refused", THEN, 3)),
              "e", server("e", new ServerState.Warming(THEN, 1)),
              "f", server("f", new ServerState.Draining(THEN)),
              "g", server("g", new ServerState.Drained(THEN))),
          "servers.yaml: line 3"),
      new HealthAnswer.Changed(server("jobe-2", new ServerState.Ready(THEN, 0))),
      new HealthAnswer.Stale(server("jobe-2", new ServerState.Ready(THEN, 0))),
      new HealthAnswer.NoSuchServer("jobe-9"),
      new HealthAnswer.Invalid("slots: 0 (expected: 1 or more)"),
      new HealthAnswer.Configured(List.of(spec("jobe-2", 8))),
      new HealthAnswer.Probed(),
      new HealthAnswer.Restored(2),
      new HealthCommand.Join("h-7f3a", 12, spec("h-7f3a", 8)),
      new HealthCommand.Close("h-7f3a", 12),
      new HealthCommand.Leave("h-7f3a", 12),
      new HealthAnswer.Outdated(13),
      new HealthAnswer.Settled("h-7f3a"),
      new FleetCommand.Launch("ada"),
      new FleetCommand.Drain("h-7f3a", "ada"),
      new FleetCommand.Undrain("h-7f3a", "ada"),
      new FleetCommand.Terminate("h-7f3a", "ada"),
      new FleetAnswer.Changed("h-7f3a", "draining"),
      new FleetAnswer.NoSuchHost("h-7f3a"),
      new FleetAnswer.Refused("there are 4 hosts (limit: 4)"));

  private static ServerEntry server(String id, ServerState state) {
    Map<String, String> languages = Map.of("c", "12.2.0", "python3", "3.11");
    return new ServerEntry(spec(id, 8), state, languages, 4, spec(id, 6), null);
  }

  private static ServerSpec spec(String id, int slots) {
    return new ServerSpec(
        id, URI.create("http://10.0.0.7:4000"), null, slots, 4, 1.5, Map.of("room", "cellar"));
  }

  private Samples() {}

  static PoolAnswer.Viewed viewed(PoolView.ServerUse use) {
    return new PoolAnswer.Viewed(new PoolView(
        List.of(new PoolView.LaneView(LANE, 12, 900, 3)),
        List.of(use),
        15,
        4,
        8,
        1,
        new PoolView.Counters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
  }
}
