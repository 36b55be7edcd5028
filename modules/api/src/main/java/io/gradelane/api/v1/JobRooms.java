package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.settings.Settings;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Durable jobs: {@code /api/v1/batches} and {@code /jobs}, what became of them, and how batches are steered. Where there
 * is no database, or it is away, the answer is 503: nothing is accepted that is not kept.
 */
public final class JobRooms {

  private final JobDoor door;
  private final InstantSource clock;
  private final RandomGenerator random;

  public JobRooms(JobDoor door, InstantSource clock, RandomGenerator random) {
    this.door = door;
    this.clock = clock;
    this.random = random;
  }

  /** Where it is said on the bus that a pool's batches have changed: a hint. */
  public static String changed(String pool) {
    return "jobs.changed." + pool;
  }

  /** To the database that they are kept in. */
  JobDoor door() {
    return door;
  }

  InstantSource clock() {
    return clock;
  }

  List<Route> routes(Vertx vertx, Settings settings, HookRules hooks, Forecasting forecasting) {
    LaneBook lanes = new LaneBook(settings.pool().lanes());
    String changed = changed(settings.pool().name());
    JobDesk desk = new JobDesk(door, () -> vertx.eventBus().publish(changed, ""));
    Intakes intakes = Intakes.of(vertx, settings, lanes, hooks, clock);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SubmitRoom(desk, intakes, forecasting, clock, random).routes());
    routes.addAll(new BatchRoom(desk, lanes, clock).routes());
    routes.addAll(new JobRoom(desk).routes());
    routes.addAll(new ResultRoom(desk).routes());
    return routes;
  }
}
