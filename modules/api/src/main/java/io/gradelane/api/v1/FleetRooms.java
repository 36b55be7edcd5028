package io.gradelane.api.v1;

import io.gradelane.api.FleetDoor;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Headers;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.settings.FleetSettings;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.NotOpenYet;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/fleet}: how many hosts there are and why, what became of each, and the operator's word about them. What is
 * told stands in the table; what is asked for goes to this node's fleet, which changes the table.
 */
public final class FleetRooms {

  private static final String HOSTS = "/api/v1/fleet/hosts";
  private static final String HOST = HOSTS + "/:host";
  private static final Duration SHOWN = Duration.ofHours(1);
  private static final int MOST_SAMPLES = 1_000;

  private final FleetSettings settings;
  private final @Nullable FleetTable table;
  private final ExamRooms exams;
  private final InstantSource clock;

  /** @param door null where there is no fleet */
  public FleetRooms(FleetSettings settings, @Nullable FleetDoor door, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    table = door == null ? null : door.table();
    exams = new ExamRooms(settings, door, clock);
  }

  List<Route> routes(EventBus bus, String pool, String node) {
    String address = Addresses.fleet(pool, node);
    List<Route> routes = new ArrayList<>(exams.routes());
    routes.addAll(List.of(
        room("GET", "/api/v1/fleet", Tenant.RUN, this::show),
        room("GET", "/api/v1/fleet/why", Tenant.RUN, this::why),
        room("GET", "/api/v1/fleet/history", Tenant.RUN, this::history),
        room("GET", HOSTS, Tenant.ADMIN, this::list),
        room("POST", HOSTS, Tenant.ADMIN, (call, known) -> launch(call, known, bus, address)),
        room("GET", HOST, Tenant.ADMIN, (call, known) -> host(call, known, 200)),
        room("PATCH", HOST, Tenant.ADMIN, (call, known) -> change(call, known, bus, address))));
    return routes;
  }

  private Route room(String method, String path, String scope, BiConsumer<Call, FleetTable> room) {
    return room(method, path, scope, table, room);
  }

  /** @param known what the room is about; null where there is no fleet */
  static <T> Route room(
      String method, String path, String scope, @Nullable T known, BiConsumer<Call, T> room) {
    return Route.of(method, path, scope, call -> {
      if (known == null) {
        call.fail(new Problem(
            404, "no_fleet", "There is no fleet: the servers are those of the configuration"));
      } else {
        room.accept(call, known);
      }
    });
  }

  // --- what it tells

  private void show(Call call, FleetTable known) {
    FleetRules rules = settings.rules();
    JsonArray words = new JsonArray();
    rules.rules().forEach(rule -> words.add(rule.word()));
    answer(
        call,
        known.latest(),
        latest -> call.answer(
            200,
            new JsonObject()
                .put("cluster", settings.cluster())
                .put("scaling", rules.scaling().word())
                .put("min", rules.min())
                .put("max", rules.max())
                .put("slotsPerHost", rules.slotsPerHost())
                .put("rules", words)
                .put("intervalMs", settings.interval().toMillis())
                .put("why", latest.map(FleetSample::why).orElse("Nobody has looked yet."))
                .put("latest", latest.map(FleetJson::sample).orElse(null))));
  }

  private void why(Call call, FleetTable known) {
    answer(
        call,
        known.latest(),
        latest -> latest.ifPresentOrElse(
            sample -> call.answer(200, FleetJson.why(sample)),
            () -> call.answer(200, new JsonObject().put("why", "Nobody has looked yet."))));
  }

  private void history(Call call, FleetTable known) {
    since(call)
        .ifPresent(since ->
            answer(call, known.samples(since, MOST_SAMPLES), all -> call.answer(200, page(all))));
  }

  /** Whoever wants more asks from {@code next} on. */
  private static JsonObject page(List<FleetSample> all) {
    JsonArray samples = new JsonArray();
    all.forEach(sample -> samples.add(FleetJson.sample(sample)));
    JsonObject json = new JsonObject().put("samples", samples);
    return all.size() < MOST_SAMPLES
        ? json
        : json.put("next", all.getLast().decision().at().plusNanos(1_000).toString());
  }

  private Optional<Instant> since(Call call) {
    String text = call.exchange().request().getParam("since");
    if (text == null) {
      return Optional.of(clock.instant().minus(SHOWN));
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException unreadable) {
      call.fail(Problem.query("since", text, "a time such as 2026-12-01T08:00:00Z"));
      return Optional.empty();
    }
  }

  private void list(Call call, FleetTable known) {
    boolean all = "true".equals(call.exchange().request().getParam("terminated"));
    Predicate<Host> shown = host -> all || host.living();
    answer(
        call,
        known.hosts(),
        hosts -> call.answer(
            200,
            new JsonObject()
                .put("hosts", FleetJson.hosts(hosts.stream().filter(shown).toList()))));
  }

  private static void host(Call call, FleetTable known, int status) {
    host(call, known, call.element("host"), status);
  }

  private static void host(Call call, FleetTable known, String id, int status) {
    answer(
        call,
        known
            .hosts()
            .map(hosts ->
                hosts.stream().filter(host -> host.id().value().equals(id)).findFirst()),
        found -> found.ifPresentOrElse(
            host -> call.answer(status, FleetJson.host(host)), () -> unknown(call, id)));
  }

  // --- what is asked of it

  private static void launch(Call call, FleetTable known, EventBus bus, String address) {
    ask(call, known, bus, address, new FleetCommand.Launch(call.tenant().name()), 201);
  }

  private static void change(Call call, FleetTable known, EventBus bus, String address) {
    HostChange.read(call).ifPresent(command -> ask(call, known, bus, address, command, 200));
  }

  private static void ask(
      Call call, FleetTable known, EventBus bus, String address, FleetCommand command, int status) {
    answer(call, bus.<FleetAnswer>request(address, command).map(Message::body), answer -> {
      switch (answer) {
        case FleetAnswer.Changed changed -> {
          if (status == 201) {
            call.exchange().put("Location", HOSTS + "/" + changed.host());
          }
          host(call, known, changed.host(), status);
        }
        case FleetAnswer.NoSuchHost none -> unknown(call, none.host());
        case FleetAnswer.Refused refused -> call.fail(new Problem(409, "refused", refused.why()));
      }
    });
  }

  static <T> void answer(Call call, Future<T> asked, Consumer<T> room) {
    asked.onSuccess(room::accept).onFailure(silence -> {
      call.exchange().put(Headers.RETRY_AFTER, "5");
      call.fail(silence instanceof NotOpenYet ? notYet() : silent());
    });
  }

  private static Problem notYet() {
    return new Problem(
        503, "no_database", "The fleet's database is not there yet; try again in some seconds");
  }

  private static Problem silent() {
    return new Problem(503, "fleet_unknown", "What is known of the fleet did not answer");
  }

  private static void unknown(Call call, String host) {
    call.fail(new Problem(404, "no_such_host", "There is no host '" + host + "'"));
  }
}
