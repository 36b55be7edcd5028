package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.operator.OperatorSettings;
import io.gradelane.store.operator.Saying;
import io.gradelane.store.operator.Saying.Value;
import io.gradelane.store.operator.Setting;
import io.gradelane.store.operator.SettingChange;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators have set, in a real PostgreSQL. */
class PostgresOperatorSettingsTest {

  private static final DatabaseAddress ADDRESS = TestDatabase.fresh();
  private static final AtomicInteger POOLS = new AtomicInteger();

  private final Vertx vertx = Vertx.vertx();
  private final String pool = "pool-" + POOLS.incrementAndGet();
  private PostgresJobStore store;
  private OperatorSettings settings;

  @BeforeEach
  void open() {
    store = Blocking.get(PostgresJobStore.open(vertx, ADDRESS, Sessions.Terms.DEFAULT, "node"));
    settings = store.settings();
  }

  @AfterEach
  void close() {
    Blocking.get(store.close());
    Blocking.get(vertx.close());
  }

  @Test
  void whatWasSaidLastIsKeptWithWhoSaidIt() {
    say("lane/exam", 5, "ada", value("cap", "8", "null"), value("paused", "true", "false"));
    say("lane/exam", 6, "ben", value("cap", "9", "null"));
    say("server/s1", 5, "ada", value("drain", "true", "false"));

    assertThat(all())
        .extracting(Setting::subject, Setting::name, Setting::value, Setting::by)
        .containsExactly(
            tuple("lane/exam", "cap", "9", "ben"),
            tuple("lane/exam", "paused", "true", "ada"),
            tuple("server/s1", "drain", "true", "ada"));
    assertThat(Blocking.get(settings.all("another pool"))).isEmpty();
  }

  @Test
  void whatComesLateChangesNothing() {
    say("lane/exam", 6, "ben", value("cap", "9", "null"));
    say("lane/exam", 5, "ada", value("cap", "8", "null"));
    say("lane/exam", 6, "ben", value("cap", "9", "null"));

    assertThat(all()).extracting(Setting::value).containsExactly("9");
    assertThat(changes(10)).hasSize(1);
  }

  @Test
  void whatWasTakenBackIsKnownToHaveBeen() {
    say("lane/exam", 5, "ada", value("cap", "8", "null"));
    say("lane/exam", 6, "ben", value("cap", null, "null"));

    assertThat(all())
        .singleElement()
        .satisfies(setting -> assertThat(setting.value()).isNull())
        .satisfies(setting -> assertThat(setting.version()).isEqualTo(6));
  }

  @Test
  void everyChangeIsRememberedNewestFirst() {
    say("lane/exam", 5, "ada", value("cap", "8", "null"), value("min", "0", "0"));
    say("lane/exam", 6, "ben", value("cap", "9", "null"));
    say("lane/exam", 7, "ada", value("cap", null, "null"));

    List<SettingChange> all = changes(10);
    assertThat(all)
        .extracting(SettingChange::was, SettingChange::is, SettingChange::by)
        .as("what was said to be as it was is no change")
        .containsExactly(
            tuple("9", "null", "ada"), tuple("8", "9", "ben"), tuple("null", "8", "ada"));
    assertThat(changes(1)).containsExactly(all.getFirst());
    assertThat(Blocking.get(settings.changes(pool, all.getFirst().number(), 10)))
        .isEqualTo(all.subList(1, 3));
  }

  private void say(String subject, long version, String by, Value... values) {
    Blocking.get(settings.keep(pool, new Saying(subject, version, by, List.of(values))));
  }

  private List<Setting> all() {
    return Blocking.get(settings.all(pool));
  }

  private List<SettingChange> changes(int limit) {
    return Blocking.get(settings.changes(pool, Long.MAX_VALUE, limit));
  }

  private static Value value(String name, @Nullable String value, String configured) {
    return new Value(name, value, configured);
  }
}
