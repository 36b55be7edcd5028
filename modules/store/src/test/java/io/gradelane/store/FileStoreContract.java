package io.gradelane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link FileStore} does. */
public abstract class FileStoreContract {

  protected final Vertx vertx = Vertx.vertx();
  protected FileStore store;

  /** A fresh store with room for a few MB. */
  protected abstract FileStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    Blocking.get(store.close());
    Blocking.get(store.close());
    Blocking.get(vertx.close());
  }

  @Test
  void keepsAFileUnderItsDigest() {
    String md5 = put("moodle", "5d41402abc4b2a76b9719d911017c592", "hello");
    assertThat(md5).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(digest("moodle", md5)).contains(md5);
    assertThat(content(md5)).contains(Buffer.buffer("hello"));
  }

  @Test
  void aFileUnderItsDigestIsEverybodys() {
    String md5 = put("moodle", "5d41402abc4b2a76b9719d911017c592", "hello");
    assertThat(digest("other", md5)).contains(md5);
  }

  @Test
  void aNameIsItsTenantsOwn() {
    String mine = put("a", "randomid0129798", "mine");
    String yours = put("b", "randomid0129798", "yours");
    assertThat(digest("a", "randomid0129798")).contains(mine);
    assertThat(digest("b", "randomid0129798")).contains(yours);
    assertThat(digest("c", "randomid0129798")).isEmpty();
  }

  @Test
  void aNameMeansWhatItsTenantPutLast() {
    put("a", "name12345", "first");
    String second = put("a", "name12345", "second");
    assertThat(digest("a", "name12345")).contains(second);
    assertThat(content(second)).contains(Buffer.buffer("second"));
  }

  @Test
  void nobodyCanReplaceWhatADigestMeansToOthers() {
    String honest = put("a", "5d41402abc4b2a76b9719d911017c592", "hello");
    String forged = put("b", honest, "something else");
    assertThat(forged).isNotEqualTo(honest);
    assertThat(digest("a", honest)).contains(honest);
    assertThat(content(honest)).contains(Buffer.buffer("hello"));
    assertThat(digest("b", honest)).contains(forged);
  }

  @Test
  void anHonestPutTakesAFalseNameBack() {
    put("a", "5d41402abc4b2a76b9719d911017c592", "something else");
    String honest = put("a", "5d41402abc4b2a76b9719d911017c592", "hello");
    assertThat(digest("a", honest)).contains(honest);
  }

  @Test
  void aNameMayBeGivenToWhatIsHere() {
    String first = put("a", "name12345", "first");
    String second = put("b", "whatever", "second");
    Blocking.get(store.name("a", "name12345", second));
    assertThat(digest("a", "name12345")).contains(second);
    assertThat(content(first)).contains(Buffer.buffer("first"));
  }

  @Test
  void aDigestThatOnlyLooksLikeOneOfAFileIsNotHere() {
    assertThat(digest("a", "00000000000000000000000000000000")).isEmpty();
    assertThat(content("00000000000000000000000000000000")).isEmpty();
  }

  @Test
  void keepsEveryByteAndTheEmptyFile() {
    byte[] all = new byte[70_000];
    new Random(1).nextBytes(all);
    String md5 = Blocking.get(store.put("a", "binary", Buffer.buffer(all)));
    assertThat(content(md5)).contains(Buffer.buffer(all));
    assertThat(content(put("a", "nothing", ""))).contains(Buffer.buffer());
  }

  @Test
  void doesNotSeeWhatIsWrittenToTheBufferAfterwards() {
    Buffer buffer = Buffer.buffer("before");
    String md5 = Blocking.get(store.put("a", "buffer", buffer));
    buffer.setString(0, "AFTER!");
    assertThat(content(md5)).contains(Buffer.buffer("before"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../etc/passwd", "a/b", "a b", "a\u0000b", "é", "a*", "a:b"})
  void refusesAnIdThatIsNotAlphanumeric(String id) {
    assertThatThrownBy(() -> put("a", id, "x"))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(digest("a", id)).isEmpty();
    assertThat(content(id)).isEmpty();
  }

  @Test
  void takesManyAtOnce() {
    List<Future<String>> puts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      puts.add(store.put("a", "file" + i % 50, Buffer.buffer("content " + i % 50)));
    }
    Blocking.get(Future.all(puts));
    for (int i = 0; i < 50; i++) {
      String md5 = digest("a", "file" + i).orElseThrow();
      assertThat(content(md5)).contains(Buffer.buffer("content " + i));
    }
  }

  protected String put(String tenant, String id, String content) {
    return Blocking.get(store.put(tenant, id, Buffer.buffer(content)));
  }

  protected Optional<String> digest(String tenant, String id) {
    return Blocking.get(store.digest(tenant, id));
  }

  protected Optional<Buffer> content(String md5) {
    return Blocking.get(store.content(md5));
  }
}
