package io.gradelane.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.store.FileStore;
import io.gradelane.store.FileStoreContract;
import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.ManualTicker;
import io.gradelane.testkit.RedisFixture;
import io.gradelane.testkit.SettableClock;
import io.gradelane.testkit.TcpFault;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class RedisFileStoreTest extends FileStoreContract {

  private static final Duration TTL = Duration.ofHours(2);
  private static RedisFixture redis;

  private final ManualTicker ticker = new ManualTicker();
  private RedisAPI commands;

  @BeforeAll
  static void startRedis(TestReporter reporter) {
    redis = RedisFixture.start();
    reporter.publishEntry("redis", redis.origin());
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Override
  protected FileStore open() {
    return open(redis.url(), Duration.ofSeconds(10));
  }

  @BeforeEach
  void emptyRedis() {
    commands = RedisAPI.api(Redis.createClient(vertx, redis.url().toString()));
    Blocking.get(commands.flushall(List.of()));
  }

  @AfterEach
  void closeCommands() {
    commands.close();
  }

  @Test
  void twoNodesShareFilesAndNames() {
    String md5 = put("a", "name", "hello");
    FileStore other = open(redis.url(), Duration.ofSeconds(10));
    assertThat(Blocking.get(other.digest("a", "name"))).contains(md5);
    assertThat(Blocking.get(other.digest("b", md5))).contains(md5);
    assertThat(Blocking.get(other.content(md5))).contains(Buffer.buffer("hello"));
    put("a", "name", "changed");
    assertThat(Blocking.get(other.digest("a", "name"))).isPresent().get().isNotEqualTo(md5);
    Blocking.get(other.close());
  }

  @Test
  void aUseGivesAFileItsWholeTimeAgain() {
    String md5 = put("a", "name", "hello");
    expireSoon(md5);
    assertThat(content(md5)).isPresent();
    assertThat(timeLeft("file:" + md5)).isGreaterThan(TTL.toMillis() / 2);
    expireSoon(md5);
    assertThat(digest("a", "name")).isPresent();
    assertThat(timeLeft("file:" + md5)).isGreaterThan(TTL.toMillis() / 2);
    assertThat(timeLeft("name:name:a")).isGreaterThan(TTL.toMillis() / 2);
  }

  @Test
  void everyKeyHasItsPrefixAndItsEnd() {
    String md5 = put("a", "name", "hello");
    assertThat(Blocking.get(commands.keys("*")))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("test:file:" + md5, "test:name:name:a");
    assertThat(timeLeft("file:" + md5)).isPositive();
    assertThat(timeLeft("name:name:a")).isPositive();
  }

  @Test
  void doesNotTrustWhatSomebodyElseWroteThere() {
    String md5 = "5d41402abc4b2a76b9719d911017c592";
    Blocking.get(commands.set(List.of("test:file:" + md5, "not hello")));
    assertThat(content(md5)).isEmpty();
  }

  @Test
  void withoutRedisAClientsUploadIsEnough() {
    redis.kill();
    try {
      assertThat(digest("a", "5d41402abc4b2a76b9719d911017c592")).isEmpty();
      String md5 = put("a", "5d41402abc4b2a76b9719d911017c592", "hello");
      assertThat(digest("a", md5)).contains(md5);
      assertThat(content(md5)).contains(Buffer.buffer("hello"));
      assertThat(digest("a", put("a", "name", "hello"))).isPresent();
    } finally {
      redis.revive();
    }
    Eventually.await("Redis is used again", () -> {
      ticker.advance(Duration.ofSeconds(2));
      String md5 = put("a", "back", "back again");
      return Blocking.get(commands.exists(List.of("test:file:" + md5))).toInteger() == 1;
    });
  }

  @Test
  void aRedisThatSwallowsRequestsCostsATimeOutAndThenNothing() {
    try (TcpFault relay = TcpFault.before(redis.port())) {
      relay.delay(Duration.ofMinutes(1));
      FileStore slow = open(URI.create("redis://127.0.0.1:" + relay.port()), Duration.ofMillis(50));
      String md5 = Blocking.get(slow.put("a", "name", Buffer.buffer("hello")));
      for (int i = 0; i < 1000; i++) {
        assertThat(Blocking.get(slow.digest("a", "name"))).contains(md5);
      }
      Blocking.get(slow.close());
    }
  }

  private FileStore open(URI url, Duration timeout) {
    FileStore near = HeapFileStore.inHeap(vertx, 4 << 20, TTL, new SettableClock());
    return RedisFileStore.over(vertx, url, "test:", near, TTL, timeout, ticker);
  }

  private void expireSoon(String md5) {
    Blocking.get(commands.pexpire(List.of("test:file:" + md5, "60000")));
  }

  private long timeLeft(String key) {
    return Blocking.get(commands.pttl("test:" + key)).toLong();
  }
}
