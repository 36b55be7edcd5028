package io.gradelane.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchemaValidationException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must be true of the contract itself. */
final class ContractTest {

  /** An error's status and code where they are written down together. */
  private static final Pattern CODE =
      Pattern.compile("(?:new Problem|fail|failAndClose)\\(\\s*\\d{3},\\s*\"([a-z_]+)\"");

  private static final Path SOURCES = Path.of("src/main/java/io/gradelane/api");

  private final JsonObject document = Contract.ours().document();

  @Test
  void itIsOpenApi() throws JsonSchemaValidationException {
    Vertx vertx = Vertx.vertx();
    try {
      OutputUnit checked = Blocking.get(OpenAPIVersion.V3_1
          .getRepository(vertx, "app://")
          .compose(rules -> OpenAPIVersion.V3_1.validateContract(vertx, rules, document)));
      checked.checkValidity();
    } finally {
      Blocking.get(vertx.close());
    }
  }

  @Test
  void everyOperationSaysWhatItIsAndWhatItAnswers() {
    assertThat(Contract.ours().operations()).isNotEmpty().allSatisfy(operation -> {
      JsonObject model = operation.model();
      assertThat(operation.id()).matches("[a-z][A-Za-z]+");
      assertThat(operation.scope()).isIn("run", "admin");
      assertThat(model.getString("summary")).as("%s: summary", operation.id()).isNotBlank();
      assertThat(model.getJsonArray("tags")).as("%s: tags", operation.id()).hasSize(1);
      assertThat(model.getJsonObject("responses").fieldNames())
          .as("%s: responses", operation.id())
          .contains("401", "403", "default")
          .anyMatch(status -> status.startsWith("2"));
    });
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    assertThat(Contract.ours().operations())
        .extracting(Operation::id)
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  @Test
  void everyElementOfAPathIsDescribed() {
    assertThat(Contract.ours().operations()).isNotEmpty().allSatisfy(operation -> {
      Set<String> described = operation.parameters().stream()
          .filter(each -> each.in().equals("path"))
          .map(Parameter::name)
          .collect(Collectors.toSet());
      assertThat(Pattern.compile("\\{(\\w+)}")
              .matcher(operation.path())
              .results()
              .map(found -> found.group(1)))
          .as(operation.id())
          .containsExactlyInAnyOrderElementsOf(described);
    });
  }

  @Test
  void whatHasABodyHasAnExampleOfIt() {
    assertThat(Contract.ours().operations())
        .filteredOn(operation -> operation.model().containsKey("requestBody"))
        .isNotEmpty()
        .allSatisfy(operation -> assertThat(
                operation.model().getJsonObject("requestBody").getJsonObject("content").stream()
                    .map(type -> ((JsonObject) type.getValue()).getJsonObject("examples")))
            .as(operation.id())
            .allSatisfy(examples -> assertThat(examples).isNotEmpty()));
  }

  @Test
  void everyCodeThatIsDocumentedExistsAndEveryOneThatExistsIsDocumented() throws IOException {
    String sources = sources();
    Set<String> documented = new TreeSet<>();
    document
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject("Problem")
        .getJsonObject("properties")
        .getJsonObject("code")
        .getJsonArray("enum")
        .forEach(code -> documented.add((String) code));

    assertThat(documented)
        .isNotEmpty()
        .allSatisfy(code -> assertThat(sources).contains("\"" + code + "\""));
    assertThat(CODE.matcher(sources).results().map((MatchResult found) -> found.group(1)))
        .isNotEmpty()
        .isSubsetOf(documented);
  }

  @Test
  void aReferenceThatLeadsNowhereOrRoundInACircleIsAnError() {
    assertThatThrownBy(() -> Contract.of("{paths: {$ref: '#/nowhere'}}"))
        .hasMessage("contract: #/nowhere leads nowhere");
    assertThatThrownBy(() -> Contract.of("{paths: {$ref: '#/a'}, a: {$ref: '#/a'}}"))
        .hasMessageContaining("leads round in a circle");
    assertThatThrownBy(() -> Contract.of("[]")).hasMessage("contract: no object");
  }

  @Test
  void aReferenceIsReplacedByWhatItPointsTo() {
    Contract small = Contract.of("{paths: {}, a: {b: [{$ref: '#/c/d'}]}, c: {d: {e: 1}}}");

    assertThat(small.document().getJsonObject("a").getJsonArray("b").encode())
        .isEqualTo("[{\"e\":1}]");
  }

  /** All of the room but Jobe's face, whose errors have Jobe's words. */
  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> ours = files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith(SOURCES.resolve("face")))
          .toList();
      return ours.stream().map(ContractTest::text).collect(Collectors.joining("\n"));
    }
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
