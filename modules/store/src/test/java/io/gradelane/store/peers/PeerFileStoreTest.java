package io.gradelane.store.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.store.FileId;
import io.gradelane.store.FileStore;
import io.gradelane.store.FileStoreContract;
import io.gradelane.store.peers.Neighbours.Neighbour;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract where every file is put through one node and asked for on another, and what is special to nodes. */
class PeerFileStoreTest extends FileStoreContract {

  private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";

  private final Neighbours neighbours = new Neighbours(vertx);
  private final Neighbour one = neighbours.join();
  private final Neighbour two = neighbours.join();
  private final Neighbour three = neighbours.join();

  @Override
  protected FileStore open() {
    return new Across(one.all(), two.all());
  }

  @Test
  void whatWasNeededHereIsHereAfterwards() {
    put("a", HELLO, "hello");
    assertThat(Blocking.get(two.near().content(HELLO))).isEmpty();
    assertThat(content(HELLO)).isPresent();
    Blocking.get(one.door().close());
    assertThat(content(HELLO)).contains(Buffer.buffer("hello"));
  }

  @Test
  void aNameMeansWhatWasPutLastOnWhicheverNode() {
    Blocking.get(one.all().put("a", "name12345", Buffer.buffer("first")));
    String second = Blocking.get(two.all().put("a", "name12345", Buffer.buffer("second")));
    for (Neighbour each : List.of(one, two, three)) {
      assertThat(Blocking.get(each.all().digest("a", "name12345"))).contains(second);
    }
  }

  @Test
  void aNodeThatHasGoneIsNoError() {
    Blocking.get(three.door().close());
    assertThat(digest("a", HELLO)).isEmpty();
    assertThat(put("a", "name12345", "first")).isNotEmpty();
    assertThat(digest("a", "name12345")).isPresent();
  }

  @Test
  void aNodeThatHangsIsWaitedForNoLongerThanThat() {
    Duration most = Duration.ofSeconds(2);
    Neighbour impatient = neighbours.join(Neighbours.SECRET, most);
    HttpServer hanging =
        Blocking.get(vertx.createHttpServer().requestHandler(request -> {}).listen(0, "127.0.0.1"));
    PeerFileStore store = PeerFileStore.over(
        vertx,
        impatient.near(),
        () -> List.of("127.0.0.1:" + hanging.actualPort(), one.address()),
        Neighbours.SECRET,
        most,
        most);

    assertThat(Blocking.get(store.digest("a", HELLO))).isEmpty();
    put("a", HELLO, "hello");
    assertThat(Blocking.get(store.content(HELLO))).contains(Buffer.buffer("hello"));
  }

  @Test
  void whatIsNotWhatWasAskedForIsNotTaken() {
    HttpServer liar = Blocking.get(vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("something else"))
        .listen(0, "127.0.0.1"));
    PeerFileStore store = PeerFileStore.over(
        vertx,
        three.near(),
        () -> List.of("127.0.0.1:" + liar.actualPort()),
        Neighbours.SECRET,
        Neighbours.LOOK_UP,
        Neighbours.LOOK_UP);

    assertThat(Blocking.get(store.content(HELLO))).isEmpty();
    assertThat(Blocking.get(store.digest("a", "name12345"))).isEmpty();
  }

  @Test
  void whoDoesNotKnowTheSecretGetsNothing() {
    put("a", HELLO, "hello");
    Neighbour stranger = neighbours.join("another secret", Neighbours.LOOK_UP);

    assertThat(Blocking.get(stranger.all().digest("a", HELLO))).isEmpty();
    assertThat(Blocking.get(stranger.all().content(HELLO))).isEmpty();
    assertThat(status(HttpMethod.GET, "/files/" + HELLO, "")).isEqualTo(403);
    assertThat(
            status(HttpMethod.GET, "/files/" + HELLO, Pass.of(Neighbours.SECRET).value()))
        .isEqualTo(200);
    assertThat(status(HttpMethod.GET, "/files/..", Pass.of(Neighbours.SECRET).value()))
        .isEqualTo(404);
    assertThat(
            status(HttpMethod.PUT, "/files/" + HELLO, Pass.of(Neighbours.SECRET).value()))
        .isEqualTo(404);
  }

  private int status(HttpMethod method, String path, String pass) {
    return Blocking.get(vertx
        .createHttpClient()
        .request(method, one.door().actualPort(), "127.0.0.1", path)
        .compose(request -> request.putHeader(Pass.HEADER, pass).send())
        .map(response -> response.statusCode()));
  }

  @Test
  void aLargeFileCrosses() {
    Buffer large = Buffer.buffer(new byte[6 << 20]);
    String md5 = Blocking.get(one.all().put("a", "large", large));
    assertThat(md5).isEqualTo(FileId.md5(large));
    assertThat(content(md5)).contains(large);
  }

  /** Puts here and asks there. */
  private record Across(FileStore here, FileStore there) implements FileStore {

    @Override
    public Future<String> put(String tenant, String id, Buffer content) {
      return here.put(tenant, id, content);
    }

    @Override
    public Future<Optional<String>> digest(String tenant, String id) {
      return there.digest(tenant, id);
    }

    @Override
    public Future<Optional<Buffer>> content(String md5) {
      return there.content(md5);
    }

    @Override
    public Future<Void> name(String tenant, String id, String md5) {
      return there.name(tenant, id, md5);
    }

    @Override
    public Future<Void> close() {
      return Future.join(here.close(), there.close()).mapEmpty();
    }
  }
}
