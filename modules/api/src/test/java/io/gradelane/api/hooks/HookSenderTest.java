package io.gradelane.api.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.gradelane.core.hook.AddressRules;
import io.gradelane.core.hook.HookEvent;
import io.gradelane.store.jobs.Deliveries.Due;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Signal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out to a webhook, and what does not. */
final class HookSenderTest {

  private static final String SECRET = HookSignature.secret(new SecureRandom());
  private static final String OLD = HookSignature.secret(new SecureRandom());
  private static final HookRules LOCAL =
      new HookRules(AddressRules.allowing(List.of("127.0.0.0/8")), true);

  /** A request as the endpoint saw it. */
  private record Seen(Map<String, List<String>> headers, String path, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    Blocking.get(vertx.close());
  }

  @Test
  void aDeliveryIsSignedAsTheStandardSays() throws Exception {
    int port = listen(new HttpServerOptions(), answering(204));
    Due due = due("http://127.0.0.1:" + port + "/hook?a=b", SECRET);

    assertThat(send(LOCAL, due)).isEqualTo(new HookAnswer(204, "", null));

    Seen request = seen.getFirst();
    assertThat(request.path()).isEqualTo("/hook?a=b");
    assertThat(request.header("webhook-id")).isEqualTo("msg_" + due.id());
    assertThat(request.header("host")).isEqualTo("127.0.0.1:" + port);
    JsonObject body = new JsonObject(request.body());
    assertThat(body.getString("type")).isEqualTo("batch.ended");
    assertThat(body.getString("timestamp")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(body.getJsonObject("data").getString("name")).isEqualTo("hw3");
    new Webhook(SECRET).verify(request.body(), headers(request));
    assertThatThrownBy(() -> new Webhook(SECRET).verify(request.body() + " ", headers(request)))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> new Webhook(OLD).verify(request.body(), headers(request)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void afterARotationEitherSecretVerifies() {
    int port = listen(new HttpServerOptions(), answering(200));
    send(LOCAL, due("http://127.0.0.1:" + port + "/", SECRET, OLD));

    Seen request = seen.getFirst();
    assertThatCode(() -> new Webhook(SECRET).verify(request.body(), headers(request)))
        .doesNotThrowAnyException();
    assertThatCode(() -> new Webhook(OLD).verify(request.body(), headers(request)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    int port = listen(
        new HttpServerOptions(),
        request -> request
            .response()
            .setStatusCode(status)
            .putHeader("Location", "/else")
            .end());

    assertThat(send(LOCAL, due("http://127.0.0.1:" + port + "/", SECRET)).reason())
        .isEqualTo("status " + status);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aPauseThatIsAskedForIsHeard() {
    int port = listen(
        new HttpServerOptions(),
        request ->
            request.response().setStatusCode(503).putHeader("Retry-After", "77").end());

    assertThat(send(LOCAL, due("http://127.0.0.1:" + port + "/", SECRET)))
        .isEqualTo(new HookAnswer(503, "status 503", Duration.ofSeconds(77)));
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(HookAnswer.of(429, "Fri, 02 Jan 2026 03:05:05 GMT", now).pause())
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(HookAnswer.of(429, "soon", now).pause()).isNull();
    assertThat(HookAnswer.of(500, "77", now).pause()).isNull();
  }

  @Test
  void whatHasOnePrivateAddressIsNotAsked() {
    int port = listen(new HttpServerOptions(), answering(200));
    names.put("two.example.edu", addresses("1.1.1.1", "127.0.0.1"));
    names.put("meta.example.edu", addresses("169.254.169.254"));
    HookRules strict = new HookRules(AddressRules.allowing(List.of()), true);

    for (String host : List.of("two.example.edu", "meta.example.edu")) {
      HookAnswer answer = send(strict, due("http://" + host + ":" + port + "/", SECRET));
      assertThat(answer.status()).isZero();
      assertThat(answer.reason())
          .isEqualTo(host + " has an address that is not public, and not allowed");
    }
    assertThat(send(strict, due("http://127.0.0.1:" + port + "/", SECRET)).reason())
        .contains("expected: a public address");
    assertThat(send(strict, due("http://nowhere.example.edu/", SECRET)).reason())
        .isEqualTo("the host is not known");
    assertThat(seen).isEmpty();
  }

  @Test
  void whereNobodyListensThereIsNoAnswer() {
    int port = listen(new HttpServerOptions(), request -> request.connection().close());

    HookAnswer answer = send(LOCAL, due("http://127.0.0.1:" + port + "/", SECRET));

    assertThat(answer.status()).isZero();
    assertThat(answer.reason()).startsWith("no answer: ");
  }

  @Test
  void whoeverDoesNotAnswerIsCutOff() {
    Signal<Boolean> cutOff = new Signal<Boolean>("the connection was closed").open();
    HttpServer silent = vertx
        .createHttpServer()
        .connectionHandler(connection -> connection.closeHandler(closed -> cutOff.emit(true)))
        .requestHandler(request -> {});
    int port = Blocking.get(silent.listen(0, "127.0.0.1")).actualPort();

    HookAnswer answer = send(
        LOCAL,
        due("http://127.0.0.1:" + port + "/", SECRET),
        new HttpClientOptions(),
        Duration.ofMillis(100));

    assertThat(answer.status()).isZero();
    assertThat(answer.reason()).startsWith("no answer: ");
    assertThat(cutOff.await()).isTrue();
  }

  /** The name in the certificate is nowhere but here, so the connection went to the address that was judged. */
  @Test
  void theConnectionGoesToTheAddressThatWasJudgedAndTheNameIsVerified(@TempDir Path folder)
      throws Exception {
    PfxOptions key = key(folder, "hook.example.edu");
    int port = listen(new HttpServerOptions().setSsl(true).setKeyCertOptions(key), answering(200));
    names.put("hook.example.edu", addresses("127.0.0.1"));
    names.put("other.example.edu", addresses("127.0.0.1"));
    HookRules rules = new HookRules(AddressRules.allowing(List.of("127.0.0.1/32")), false);
    HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(key);

    assertThat(send(rules, due("https://hook.example.edu:" + port + "/", SECRET), trusting)
            .status())
        .isEqualTo(200);
    assertThat(seen.getFirst().header("host")).isEqualTo("hook.example.edu:" + port);
    assertThat(send(rules, due("https://other.example.edu:" + port + "/", SECRET), trusting)
            .status())
        .isZero();
    assertThat(
            send(rules, due("https://hook.example.edu:" + port + "/", SECRET)).status())
        .as("a certificate that nobody trusts")
        .isZero();
    assertThat(seen).hasSize(1);
  }

  private HookAnswer send(HookRules rules, Due due) {
    return send(rules, due, new HttpClientOptions());
  }

  private HookAnswer send(HookRules rules, Due due, HttpClientOptions tls) {
    return send(rules, due, tls, Duration.ofMinutes(1));
  }

  private HookAnswer send(HookRules rules, Due due, HttpClientOptions tls, Duration patience) {
    HookSender sender =
        new HookSender(vertx, rules, this::find, InstantSource.system(), patience, tls, 8);
    try {
      return Blocking.get(sender.send(due));
    } finally {
      Blocking.get(sender.close());
    }
  }

  private Future<List<InetAddress>> find(String host) {
    if (host.startsWith("127.")) {
      return Future.succeededFuture(addresses(host));
    }
    List<InetAddress> known = names.get(host);
    return known == null
        ? Future.failedFuture(new UnknownHostException(host))
        : Future.succeededFuture(known);
  }

  private int listen(HttpServerOptions options, Consumer<HttpServerRequest> answer) {
    HttpServer server = vertx
        .createHttpServer(options)
        .requestHandler(request -> request.body().onSuccess(body -> {
          Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
          seen.add(new Seen(headers, request.uri(), body.toString()));
          answer.accept(request);
        }));
    return Blocking.get(server.listen(0, "127.0.0.1")).actualPort();
  }

  private static Consumer<HttpServerRequest> answering(int status) {
    return request -> request.response().setStatusCode(status).end();
  }

  private static Due due(String url, String... secrets) {
    return new Due(
        UUID.randomUUID(),
        UUID.randomUUID(),
        url,
        List.of(secrets),
        HookEvent.BATCH_ENDED,
        new JsonObject().put("name", "hw3"),
        Instant.parse("2026-01-02T03:04:05Z"),
        1);
  }

  private static HttpHeaders headers(Seen request) {
    return HttpHeaders.of(request.headers(), (name, value) -> true);
  }

  private static List<InetAddress> addresses(String... literals) {
    return Stream.of(literals).map(HookSenderTest::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** A key and its own certificate, by the JDK's tool. */
  private static PfxOptions key(Path folder, String host) throws IOException, InterruptedException {
    Path store = folder.resolve("key.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "hook",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:" + host,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            store.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    assertThat(keytool.waitFor()).isZero();
    return new PfxOptions().setPath(store.toString()).setPassword("changeit");
  }
}
