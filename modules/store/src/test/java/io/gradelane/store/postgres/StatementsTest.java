package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file of {@code sql/} is a statement that PostgreSQL takes, and is used. */
class StatementsTest {

  private static final Path FOLDER = Path.of("src", "main", "resources", "sql");
  private static final Path SOURCES = Path.of("src", "main", "java");

  @Test
  void postgresPreparesEachOfThem() throws IOException {
    Vertx vertx = Vertx.vertx();
    DatabaseAddress address = TestDatabase.fresh();
    try {
      PostgresJobStore store =
          Blocking.get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));
      PgConnection connection = Blocking.get(PgConnection.connect(vertx, address.connect()));
      List<String> names = names();
      assertThat(names).hasSizeGreaterThan(20);
      for (String name : names) {
        assertThat(Blocking.get(connection.prepare(Statements.named(name))))
            .as(name)
            .isNotNull();
      }
      Blocking.get(connection.close());
      Blocking.get(store.close());
    } finally {
      Blocking.get(vertx.close());
    }
  }

  @Test
  void codeNamesEachOfThem() throws IOException {
    String code;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      code = files
          .filter(file -> file.toString().endsWith(".java"))
          .map(StatementsTest::text)
          .collect(Collectors.joining());
    }
    assertThat(names()).allMatch(name -> code.contains("\"" + name + "\""));
  }

  @Test
  void everyMigrationIsListed() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("migrations"))) {
      assertThat(files
              .map(file -> file.getFileName().toString().replace(".sql", ""))
              .sorted())
          .isEqualTo(Migrations.FILES);
    }
  }

  @Test
  void aNameThatIsNoneIsShown() {
    assertThatThrownBy(() -> Statements.named("nonsense")).hasMessageContaining("sql/nonsense.sql");
  }

  /** All but the one that is several statements. */
  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString().replace(".sql", ""))
          .filter(name -> !name.equals("bootstrap"))
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
