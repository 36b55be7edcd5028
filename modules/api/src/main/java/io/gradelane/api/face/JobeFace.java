package io.gradelane.api.face;

import io.gradelane.api.access.Asking;
import io.gradelane.api.access.KeyRing;
import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.journey.RunOrder;
import io.gradelane.api.servers.Languages;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.jobe.wire.JobeRoute;
import io.gradelane.settings.Settings;
import io.gradelane.store.FileStore;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Answers whatever is asked of Jobe, under every form of address that Jobe knows, and under {@code /lane/<lane>} and
 * {@code /user/<user>} before it.
 */
public final class JobeFace {

  private static final CharSequence NO_CACHE =
      HttpHeaders.createOptimized("no-store, max-age=0, no-cache");
  private static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");

  private static final String RUNS = "/jobe/index.php/restapi/runs";
  private static final JobeRoute A_RUN = new JobeRoute.Runs();

  private final Gate gate;
  private final LaneBook lanes;
  private final Languages languages;
  private final Files files;
  private final RunJourney journey;
  private final Cors cors;
  private final long maxBodyBytes;

  public JobeFace(
      Settings settings, KeyRing keys, Languages languages, FileStore store, RunJourney journey) {
    this.gate = new Gate(keys);
    this.lanes = new LaneBook(settings.pool().lanes());
    this.languages = languages;
    this.files = new Files(store, gate, settings);
    this.journey = journey;
    this.cors = new Cors(settings.http().corsOrigins());
    this.maxBodyBytes = settings.http().maxBodyBytes();
  }

  /** Whether a path is Jobe's to answer, or to deny. */
  public static boolean takes(String path) {
    return path.startsWith("/jobe") || Addressed.isPrefixed(path) || path.startsWith("//");
  }

  public void answer(Exchange exchange) {
    Addressed addressed = Addressed.of(exchange.target().path());
    exchange.takenBy(Jobe.VOICE, addressed.path()).put(HttpHeaders.CACHE_CONTROL, NO_CACHE);
    switch (route(exchange, addressed.path())) {
      case JobeRoute.Runs runs -> run(open(exchange), addressed);
      case JobeRoute.Languages asked -> languages(open(exchange));
      case JobeRoute.File file -> file(open(exchange), file);
      case JobeRoute.FilesPost post -> Jobe.answer(open(exchange), JobeAnswers.filesPostRefused());
      case JobeRoute.RunResultById result -> Jobe.answer(exchange, notFound(exchange));
      case JobeRoute.Preflight preflight -> preflight(exchange);
      case JobeRoute.ServerOptions options -> Jobe.answer(exchange, JobeAnswers.serverOptions());
      case JobeRoute.NotFound notFound ->
        Jobe.answer(exchange, JobeAnswers.notFound(notFound.html()));
      case JobeRoute.Outside outside -> Jobe.answer(exchange, JobeAnswers.outside());
    }
  }

  /** The address of nearly every request is told apart by itself; the others may take their time. */
  private static JobeRoute route(Exchange exchange, String path) {
    String method = exchange.request().method().name();
    if (path.equals(RUNS) && method.equals("POST")) {
      return A_RUN;
    }
    return JobeRoute.classify(
        method, path, exchange.target().query(), exchange.header(HttpHeaders.ACCEPT));
  }

  private Exchange open(Exchange exchange) {
    cors.apply(exchange);
    return exchange;
  }

  private void run(Exchange exchange, Addressed addressed) {
    Tenant tenant = gate.keeper(exchange);
    if (tenant == null) {
      return;
    }
    LaneSpec lane = lanes.choose(tenant, exchange.header(Headers.LANE), addressed.lane());
    exchange.put(Headers.LANE, lane.name());
    RunOrder order = new RunOrder(
        new FaceCaller(exchange),
        tenant,
        lane,
        Asking.user(exchange, addressed.user()),
        Asking.context(exchange),
        Asking.patienceMillis(exchange));
    exchange.readBody(maxBodyBytes, body -> journey.submit(order, body));
  }

  private void languages(Exchange exchange) {
    JobeAnswer answer = languages.answer();
    String etag = languages.etag();
    exchange.put(HttpHeaders.ETAG, etag).put(HttpHeaders.CACHE_CONTROL, REVALIDATE);
    if (isSame(exchange.header(HttpHeaders.IF_NONE_MATCH), etag)) {
      exchange.answer(304, null, null);
    } else {
      Jobe.answer(exchange, answer);
    }
  }

  /** Weak comparison, as RFC 9110 section 13.1.2 has it for this header. */
  private static boolean isSame(@Nullable String ifNoneMatch, String etag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String each : ifNoneMatch.split(",", -1)) {
      String tag = each.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private void file(Exchange exchange, JobeRoute.File file) {
    switch (file.wish()) {
      case PUT -> files.put(exchange, file.id());
      case HEAD -> files.head(exchange, file.id());
    }
  }

  private void preflight(Exchange exchange) {
    if (exchange.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) == null) {
      Jobe.answer(exchange, notFound(exchange));
    } else {
      Jobe.answer(open(exchange), JobeAnswers.preflight());
    }
  }

  private static JobeAnswer notFound(Exchange exchange) {
    String accept = exchange.header(HttpHeaders.ACCEPT);
    return JobeAnswers.notFound(accept != null && accept.contains("text/html"));
  }
}
