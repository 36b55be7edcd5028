package io.gradelane.api.v1;

import io.gradelane.api.FleetDoor;
import io.gradelane.api.access.Tenant;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.settings.FleetSettings;
import io.gradelane.store.fleet.KeptExam;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/fleet/exams}: for which exams there are to be hosts; those that are told here can be changed here. */
final class ExamRooms {

  private static final String EXAMS = "/api/v1/fleet/exams";
  private static final String EXAM = EXAMS + "/:exam";
  private static final int ID_BYTES = 6;

  private final FleetSettings settings;
  private final @Nullable FleetDoor door;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  ExamRooms(FleetSettings settings, @Nullable FleetDoor door, InstantSource clock) {
    this.settings = settings;
    this.door = door;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        FleetRooms.room("GET", EXAMS, Tenant.ADMIN, door, this::list),
        FleetRooms.room("POST", EXAMS, Tenant.ADMIN, door, this::add),
        FleetRooms.room("PUT", EXAM, Tenant.ADMIN, door, this::replace),
        FleetRooms.room("DELETE", EXAM, Tenant.ADMIN, door, ExamRooms::remove));
  }

  // --- those of everybody

  private void list(Call call, FleetDoor fleet) {
    boolean past = "true".equals(call.exchange().request().getParam("past"));
    Instant now = clock.instant();
    FleetRooms.answer(
        call,
        fleet.exams().all(),
        kept -> calendar(fleet).onSuccess(read -> {
          List<Listed> all = new ArrayList<>(read.exams());
          settings.exams().forEach(exam -> all.add(new Listed("conf", exam)));
          kept.forEach(one -> all.add(new Listed(one.exam(), ExamJson.kept(one))));
          JsonObject json = new JsonObject()
              .put("exams", inOrder(all, past ? Instant.MIN : now))
              .put("lasting", fleet.exams().lasts())
              .put("counted", counted(settings.rules()));
          call.answer(200, read.problem() == null ? json : json.put("calendar", read.problem()));
        }));
  }

  /** An exam and how it is shown. */
  private record Listed(Exam exam, JsonObject json) {
    Listed(String origin, Exam exam) {
      this(exam, ExamJson.exam(origin, exam));
    }
  }

  /** @param problem why the file could not be read, or null */
  private record Calendar(List<Listed> exams, @Nullable String problem) {}

  /** Never fails. */
  private static Future<Calendar> calendar(FleetDoor fleet) {
    return fleet
        .calendar()
        .get()
        .map(exams -> new Calendar(
            exams.stream().map(exam -> new Listed("calendar", exam)).toList(), null))
        .otherwise(cause -> new Calendar(List.of(), String.valueOf(cause.getMessage())));
  }

  private static JsonArray inOrder(List<Listed> all, Instant from) {
    JsonArray array = new JsonArray();
    all.stream()
        .filter(one -> one.exam().end().isAfter(from))
        .sorted(Comparator.comparing((Listed one) -> one.exam().start())
            .thenComparing(one -> one.exam().name()))
        .forEach(one -> array.add(one.json()));
    return array;
  }

  /** Whether exams make hosts here. */
  private static boolean counted(FleetRules rules) {
    return rules.scaling() == Scaling.AUTO
        && rules.rules().stream().anyMatch(CapacityRule.Calendar.class::isInstance);
  }

  // --- those that are told here

  private void add(Call call, FleetDoor fleet) {
    read(
        call,
        name(),
        exam -> FleetRooms.answer(call, fleet.exams().add(exam), added -> {
          if (added) {
            call.answer(201, ExamJson.kept(exam));
          } else {
            add(call, fleet);
          }
        }));
  }

  private void replace(Call call, FleetDoor fleet) {
    String id = call.element("exam");
    read(
        call,
        id,
        exam -> FleetRooms.answer(call, fleet.exams().replace(exam), replaced -> {
          if (replaced) {
            call.answer(200, ExamJson.kept(exam));
          } else {
            unknown(call, id);
          }
        }));
  }

  private void read(Call call, String id, Consumer<KeptExam> next) {
    ExamRequest.read(call, clock.instant())
        .map(exam -> new KeptExam(id, exam, call.tenant().name()))
        .ifPresent(next);
  }

  private static void remove(Call call, FleetDoor fleet) {
    String id = call.element("exam");
    Future<Optional<KeptExam>> removed = fleet.exams().all().compose(all -> {
      Optional<KeptExam> found =
          all.stream().filter(kept -> kept.id().equals(id)).findFirst();
      return fleet.exams().remove(id).map(gone -> gone ? found : Optional.empty());
    });
    FleetRooms.answer(
        call,
        removed,
        gone -> gone.ifPresentOrElse(
            exam -> call.answer(200, ExamJson.kept(exam)), () -> unknown(call, id)));
  }

  private static void unknown(Call call, String id) {
    call.fail(new Problem(
        404,
        "no_such_exam",
        "There is no exam '" + id
            + "' that was told by the interface (expected: an id of the list)"));
  }

  private String name() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "e-" + HexFormat.of().formatHex(bytes);
  }
}
