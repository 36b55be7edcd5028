package io.gradelane.core.dispatch;

import io.gradelane.core.lane.LaneSpec;
import java.util.List;

/**
 * The pool at one moment, for people and metrics.
 *
 * @param lanes in order of priority, the probe lane first
 * @param servers in the order in which they came
 * @param slots that may be granted now, over all servers
 * @param liveDemand {@code a}, rounded up: the greatest mean of slots in use by live lanes in the last 15 minutes
 * @param reserve {@code R}: the slots that lanes which are not live must leave alone
 * @param quarantined permits of lost runs whose deadline has not come
 * @param counters what has happened since the term began
 */
public record PoolView(
    List<LaneView> lanes,
    List<ServerUse> servers,
    int slots,
    int liveDemand,
    int reserve,
    int quarantined,
    Counters counters) {

  public PoolView {
    lanes = List.copyOf(lanes);
    servers = List.copyOf(servers);
  }

  /**
   * One lane.
   *
   * @param spec what is configured, with the operator's changes
   * @param depth runs waiting
   * @param oldestMillis how long the oldest of them has waited, 0 if none
   * @param inUse slots in use
   */
  public record LaneView(LaneSpec spec, int depth, long oldestMillis, int inUse) {}

  /**
   * One server.
   *
   * @param inUse permits out, the quarantined ones included
   * @param limit most permits now: slots, lowered by what was learned and by warming
   * @param quiet quiet permits among {@code inUse}; while there is one, the server is held at its cores
   * @param held whether it is being emptied for a quiet run
   * @param closed whether nothing but probe runs is granted there from now on, as long as nobody says otherwise
   * @param probes those of {@code inUse} that are probe runs'
   */
  public record ServerUse(
      String id,
      int slots,
      int cores,
      int inUse,
      int limit,
      int quiet,
      boolean held,
      boolean closed,
      int probes) {}

  /**
   * What has happened since the term began.
   *
   * @param wants asked for, without the repeated ones
   * @param repeatedWants sent again; nothing changed
   * @param granted permits given out
   * @param refused runs refused, for whatever reason
   * @param refusedRetries of them, for want of retry budget
   * @param expired of them, because their patience ended
   * @param cancelled runs that left their lane because their caller had gone
   * @param doubted verdicts that were in doubt
   * @param believed of them, believed because their server was never above its cores
   * @param rerunQuiet of them, queued once more under a quiet permit
   * @param unlooked of them, refused because the quiet budget was spent
   * @param staleDones endings of permits that nobody holds
   * @param lost permits that were lost and quarantined
   * @param forgotten permits that never were ended, taken back long after their deadline
   * @param lowered times that a learned limit was lowered
   */
  public record Counters(
      long wants,
      long repeatedWants,
      long granted,
      long refused,
      long refusedRetries,
      long expired,
      long cancelled,
      long doubted,
      long believed,
      long rerunQuiet,
      long unlooked,
      long staleDones,
      long lost,
      long forgotten,
      long lowered) {}
}
