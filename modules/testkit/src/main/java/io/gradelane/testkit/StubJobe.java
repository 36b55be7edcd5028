package io.gradelane.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A scripted Jobe server on a free loopback port. It answers languages, runs and files as Jobe does, executes nothing,
 * misbehaves when told to, and counts the runs in flight.
 *
 * <p>Unless scripted otherwise every run ends at once with outcome 15 and {@link StubAnswer#echo} on stdout; a probe run of
 * the gateway's gets the answer it must have, whatever is scripted for the others. Like Jobe it goes on with a run whose client has hung up: the run keeps its slot.
 *
 * <p>Methods may be called from any thread but an event loop.
 */
public final class StubJobe implements AutoCloseable {

  private static final int POLLS = 10;
  private static final String JSON = "application/json; charset=UTF-8";

  /** Emitted with each run's spec when it has come in, faults and missing files included. Opened by the test. */
  public final Signal<JsonObject> arrived = new Signal<>("a run arrived");

  private final Vertx vertx;
  private final StubRuns runs = new StubRuns();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<StubRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> languages = new ConcurrentHashMap<>(
      Map.of("c", "12.2.0", "cpp", "12.2.0", "java", "17.0.21", "python3", "3.11.2"));

  private volatile BiFunction<JsonObject, Map<String, byte[]>, StubAnswer> answers =
      StubAnswer::echoing;
  private volatile Function<JsonObject, Duration> delays = spec -> Duration.ZERO;
  private volatile @Nullable Duration poll;
  private volatile boolean recording;
  private volatile HttpServer server;
  private final int port;

  private StubJobe(Vertx vertx) {
    this.vertx = vertx;
    this.server = listen(0);
    this.port = server.actualPort();
  }

  /** Starts one; returns when it listens. */
  public static StubJobe start(Vertx vertx) {
    return new StubJobe(vertx);
  }

  public int port() {
    return port;
  }

  /** What to configure as a server's url. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What happened so far. */
  public StubCounts counts() {
    return runs.counts();
  }

  // --- scripts -------------------------------------------------------------------------------

  /** Every run takes so long. */
  public StubJobe taking(Duration each) {
    return taking(spec -> each);
  }

  /** A run takes what this says of its spec. */
  public StubJobe taking(Function<JsonObject, Duration> each) {
    delays = each;
    return this;
  }

  /** Answers by the spec; its delay comes on top of {@link #taking}. */
  public StubJobe answering(Function<JsonObject, StubAnswer> bySpec) {
    answers = (spec, filesByName) -> bySpec.apply(spec);
    return this;
  }

  /** What it can run, and in which version. */
  public StubJobe speaking(Map<String, String> versions) {
    languages.clear();
    languages.putAll(versions);
    return this;
  }

  /** So many runs at once; one more is answered as overload immediately. */
  public StubJobe slots(int slots) {
    runs.limitSlots(slots);
    return this;
  }

  /** So many runs at once; one more looks for a slot every {@code poll} (Jobe: 1 s), ten times, in no order. */
  public StubJobe slotsWaitingAsJobe(int slots, Duration poll) {
    this.poll = poll;
    return slots(slots);
  }

  /** The next runs are spoilt, one fault each; faults queue up. */
  public StubJobe spoilNext(StubFault fault, int times) {
    runs.spoil(fault, times);
    return this;
  }

  /** Faults spoil only such runs: not the probe runs, for instance. */
  public StubJobe spoilOnly(Predicate<JsonObject> which) {
    runs.spoilOnly(which);
    return this;
  }

  public StubJobe overloadNext(int times) {
    return spoilNext(StubFault.OVERLOAD, times);
  }

  public StubJobe garbageNext(int times) {
    return spoilNext(StubFault.GARBAGE, times);
  }

  public StubJobe hangUpNext(int times) {
    return spoilNext(StubFault.HANG_UP, times);
  }

  public StubJobe closeBeforeAnswerNext(int times) {
    return spoilNext(StubFault.CLOSE_BEFORE_ANSWER, times);
  }

  public StubJobe emptyFiveHundredNext(int times) {
    return spoilNext(StubFault.EMPTY_500, times);
  }

  public StubJobe runguardFaultNext(int times) {
    return spoilNext(StubFault.RUNGUARD, times);
  }

  public StubJobe wallTimeNext(int times) {
    return spoilNext(StubFault.WALL_TIME, times);
  }

  /** All files are gone: runs that need some are answered 404 until they are put again. */
  public StubJobe forgetFiles() {
    files.clear();
    return this;
  }

  /** Runs are executed, but their answers are kept back. */
  public StubJobe holdReplies() {
    runs.holding(true);
    return this;
  }

  public int held() {
    return runs.heldCount();
  }

  /** Lets the oldest answer go that is kept back; waits for one. */
  public void releaseOne() {
    Eventually.await("a reply is held", () -> runs.heldCount() > 0);
    Runnable oldest = runs.oldestHeld();
    if (oldest != null) {
      oldest.run();
    }
  }

  /** Keeps nothing back any more. */
  public void releaseAll() {
    runs.holding(false);
    for (Runnable next = runs.oldestHeld(); next != null; next = runs.oldestHeld()) {
      next.run();
    }
  }

  /** From now on each request is kept for {@link #requests}. */
  public StubJobe recordRequests() {
    recording = true;
    return this;
  }

  public List<StubRequest> requests() {
    return List.copyOf(requests);
  }

  // --- life ----------------------------------------------------------------------------------

  /** Dies: connections break, runs are lost, the port refuses. Its files survive. */
  public void kill() {
    runs.die();
    Blocking.get(server.close());
  }

  /** Comes back on the same port. */
  public void revive() {
    server = listen(port);
  }

  @Override
  public void close() {
    kill();
  }

  private HttpServer listen(int onPort) {
    HttpServerOptions options = new HttpServerOptions()
        .setAcceptBacklog(4096)
        .setHandle100ContinueAutomatically(true)
        .setTcpNoDelay(true);
    return Blocking.get(
        vertx.createHttpServer(options).requestHandler(this::serve).listen(onPort, "127.0.0.1"));
  }

  // --- Jobe's face ---------------------------------------------------------------------------

  private void serve(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      if (recording) {
        requests.add(new StubRequest(
            request.method().name(), request.uri(), request.headers(), body.toString()));
      }
      route(request, body);
    });
  }

  private void route(HttpServerRequest request, Buffer body) {
    String path = request.path().replaceFirst(".*/restapi/", "").replaceFirst("/$", "");
    switch (request.method().name() + " " + path.replaceFirst("/.*", "")) {
      case "GET languages" -> languages(request);
      case "POST runs" -> run(request, body);
      case "PUT files" -> putFile(request, path.substring("files/".length()), body);
      case "HEAD files" ->
        status(request, files.containsKey(path.substring("files/".length())) ? 204 : 404);
      default -> send(request, StubAnswer.error(404, ""));
    }
  }

  private void languages(HttpServerRequest request) {
    runs.seenLanguages();
    JsonArray pairs = new JsonArray();
    languages.forEach((id, version) -> pairs.add(new JsonArray().add(id).add(version)));
    send(request, new StubAnswer(Duration.ZERO, 200, pairs.encode()));
  }

  private void putFile(HttpServerRequest request, String id, Buffer body) {
    String contents = parse(body).getString("file_contents");
    if (contents == null) {
      send(request, StubAnswer.error(400, "put: missing file_contents parameter"));
      return;
    }
    runs.seenFile();
    files.put(id, Base64.getMimeDecoder().decode(contents));
    status(request, 204);
  }

  private void run(HttpServerRequest request, Buffer body) {
    runs.seenRun();
    JsonObject spec = parse(body).getJsonObject("run_spec", new JsonObject());
    arrived.emit(spec);
    StubAnswer mistake = mistake(spec);
    if (mistake != null) {
      send(request, mistake);
      return;
    }
    Map<String, byte[]> filesByName = filesOf(spec);
    if (filesByName == null) {
      runs.seenMissing();
      send(
          request,
          StubAnswer.error(404, "One or more of the specified files is missing/unavailable"));
      return;
    }
    admit(new Run(request, spec, filesByName, runs.fault(spec)));
  }

  private @Nullable StubAnswer mistake(JsonObject spec) {
    if (spec.getValue("sourcecode") == null) {
      return StubAnswer.error(400, "run_spec is missing the required attribute 'sourcecode'");
    }
    String language = String.valueOf(spec.getValue("language_id"));
    return languages.containsKey(language)
        ? null
        : StubAnswer.error(400, "Language '" + language + "' is not known");
  }

  /** Null if one of them is not here. */
  private @Nullable Map<String, byte[]> filesOf(JsonObject spec) {
    Map<String, byte[]> byName = new LinkedHashMap<>();
    for (Object entry : StubAnswer.fileList(spec)) {
      JsonArray file = (JsonArray) entry;
      byte[] content = files.get(file.getString(0));
      if (content == null) {
        return null;
      }
      byName.put(file.getString(1), content);
    }
    return byName;
  }

  // --- a run's way ---------------------------------------------------------------------------

  private record Run(
      HttpServerRequest request,
      JsonObject spec,
      Map<String, byte[]> filesByName,
      @Nullable StubFault fault) {}

  private void admit(Run run) {
    if (run.fault == StubFault.OVERLOAD) {
      overload(run);
    } else if (run.fault == StubFault.BAD_REQUEST) {
      send(run.request, StubAnswer.error(400, "The stub does not like this run"));
    } else if (run.fault == StubFault.SERVER_EXCEPTION) {
      send(
          run.request,
          StubAnswer.error(500, "Server exception (implode(): Argument #1 must be of type array)"));
    } else {
      seekSlot(run, runs.enter(), 0);
    }
  }

  private void seekSlot(Run run, int life, int polls) {
    Duration pause = poll;
    if (runs.start()) {
      execute(run, life);
    } else if (pause == null || polls == POLLS) {
      runs.leave(life);
      overload(run);
    } else {
      vertx.setTimer(Math.max(1, pause.toMillis()), timer -> seekSlot(run, life, polls + 1));
    }
  }

  private void execute(Run run, int life) {
    if (run.fault == StubFault.CLOSE_BEFORE_ANSWER) {
      run.request.connection().close();
    }
    StubAnswer answer = StubAnswer.isProbe(run.spec)
        ? StubAnswer.result(15, "", "42\n", "")
        : answers.apply(run.spec, run.filesByName);
    long millis = delays.apply(run.spec).plus(answer.delay()).toMillis();
    if (millis == 0) {
      finish(run, life, answer);
    } else {
      vertx.setTimer(millis, timer -> finish(run, life, answer));
    }
  }

  private void finish(Run run, int life, StubAnswer answer) {
    Runnable reply = () -> {
      if (runs.end(life)) {
        reply(run, answer);
      }
    };
    if (!runs.hold(reply)) {
      reply.run();
    }
  }

  private static void reply(Run run, StubAnswer answer) {
    if (run.fault == StubFault.HANG_UP) {
      hangUp(run.request, answer);
    } else if (run.fault != StubFault.CLOSE_BEFORE_ANSWER) {
      send(run.request, run.fault == null ? answer : run.fault.answer());
    }
  }

  private void overload(Run run) {
    runs.seenOverload();
    send(run.request, StubAnswer.result(21, "", "", ""));
  }

  // --- bytes ---------------------------------------------------------------------------------

  private static JsonObject parse(Buffer body) {
    try {
      return Json.decodeValue(body) instanceof JsonObject object ? object : new JsonObject();
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }

  private static void send(HttpServerRequest request, StubAnswer answer) {
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.body().startsWith("<") ? "text/html" : JSON)
        .end(answer.body());
  }

  private static void status(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end();
  }

  private static void hangUp(HttpServerRequest request, StubAnswer answer) {
    Buffer whole = Buffer.buffer(answer.body());
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", JSON)
        .putHeader("Content-Length", String.valueOf(whole.length()))
        .write(whole.slice(0, whole.length() / 2))
        .onComplete(written -> request.connection().close());
  }

  /** A copy of what was put, by id. */
  public Map<String, byte[]> files() {
    return new HashMap<>(files);
  }
}
