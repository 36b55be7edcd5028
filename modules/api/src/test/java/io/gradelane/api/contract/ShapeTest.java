package io.gradelane.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShapeTest {

  private static final Contract CONTRACT = Contract.of("""
      paths: {}
      shape:
        type: object
        required: [runs]
        additionalProperties: false
        properties:
          cap: {type: [integer, "null"], format: int32, minimum: 1}
          size: {type: integer, minimum: 1, maximum: 5}
          weight: {type: number, exclusiveMinimum: 0}
          done: {const: true}
          state: {enum: [waiting, dead]}
          name: {type: string, maxLength: 3}
          id: {type: string, format: uuid}
          "a/b": {type: boolean}
          runs:
            type: array
            minItems: 1
            maxItems: 2
            items:
              type: object
              required: [run_spec]
              properties: {ref: {type: string}, run_spec: {type: object}}
      """);

  private final Shape shape = new Shape(CONTRACT.document().getJsonObject("shape"));

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"runs":[{"run_spec":{}}]}                | none
      {"cap":null,"runs":[{"run_spec":{}}]}     | none
      {"cap":0,"runs":[{"run_spec":{}}]}        | /cap: 0 (expected: a whole number, 1 or more, or null)
      {"cap":1.5,"runs":[{"run_spec":{}}]}      | /cap: 1.5 (expected: a whole number, 1 or more, or null)
      {"cap":2147483648,"runs":[{"run_spec":{}}]} | /cap: 2147483648 (expected: a whole number of 32 bits)
      {"size":9,"runs":[{"run_spec":{}}]}       | /size: 9 (expected: a whole number from 1 to 5)
      {"weight":0,"runs":[{"run_spec":{}}]}     | /weight: 0 (expected: a number, above 0)
      {"done":false,"runs":[{"run_spec":{}}]}   | /done: false (expected: true)
      {"state":"x","runs":[{"run_spec":{}}]}    | /state: 'x' (expected: one of waiting, dead)
      {"name":"long","runs":[{"run_spec":{}}]}  | /name: 'long' (expected: a text of at most 3 characters)
      {"id":"7","runs":[{"run_spec":{}}]}       | /id: '7' (expected: a UUID)
      {"a/b":"x","runs":[{"run_spec":{}}]}      | /a~1b: 'x' (expected: true or false)
      {"runs":[]}                               | /runs: a list of 0 (expected: a list from 1 to 2)
      {"runs":[{"ref":3}]}                      | /runs/0/run_spec: nothing (expected: an object); /runs/0/ref: 3 (expected: a text)
      {"runs":[7]}                              | /runs/0: 7 (expected: an object)
      {}                                        | /runs: nothing (expected: a list from 1 to 2)
      {"colour":1,"runs":[{"run_spec":{}}]}     | /colour: unknown (expected: one of a/b, cap, done, id, name, runs, size, state, weight)
      []                                        | : a list of 0 (expected: an object)
      """)
  void whatIsWrongIsSaidWithItsPlaceWhatWasFoundAndWhatWasExpected(String value, String expected) {
    String said = String.join(
        "; ",
        shape.faults(Json.decodeValue(value)).stream()
            .map(fault -> fault.pointer() + ": " + fault.words())
            .toList());

    assertThat(said.isEmpty() ? "none" : said).isEqualTo(expected);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    JsonObject value = new JsonObject().put("cap", "many").put("size", 0).put("x", 1);

    assertThat(shape.faults(value))
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder("/cap", "/size", "/x", "/runs");
  }

  @Test
  void aLongTextIsNotRepeated() {
    assertThat(shape.faults(new JsonObject().put("name", "x".repeat(50))))
        .extracting(Fault::found)
        .contains("a text of 50 characters");
  }
}
