package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code batch}: what a file may hold, and how it is sent. */
class BatchCommandTest extends ScriptedNode {

  @TempDir
  Path folder;

  @Test
  void jobsALineAreSentAsTheyAre() throws IOException {
    Path file = file("{\"ref\":\"a\",\"run_spec\":{}}\n{\"ref\":\"b\", \"run_spec\":{ }}\n");
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));

    assertThat(run("batch", file.toString(), "--name", "the \"3rd\"")).isZero();
    assertThat(out.toString().strip()).isEqualTo(BATCH);
    assertThat(types).containsExactly("application/x-ndjson");
    assertThat(bodies).containsExactly(json("{'name': 'the \\\"3rd\\\"'}"), job("a"), job("b"));
  }

  @Test
  void theFirstObjectOfAFileMayBeTheHead() throws IOException {
    Path file = file("""
        {"lane": "bulk", "template": {"language_id": "c"}}

        {"ref": "a", "run_spec": {}}
        {
          "ref": "b",
          "run_spec": {}
        }
        """);
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));

    assertThat(run("batch", file.toString(), "--lane", "default")).isZero();
    assertThat(bodies)
        .containsExactly(
            json("{'lane': 'default', 'template': {'language_id': 'c'}}"), job("a"), job("b"));
  }

  @Test
  void anObjectWithJobsAndAListOfJobsAreBatchesToo() throws IOException {
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));
    Path whole = file("""
        {"name": "hw3", "jobs": [
          {"ref": "a", "run_spec": {}},
          {"ref": "b", "run_spec": {}}], "lane": "bulk"}
        """);

    assertThat(run("batch", whole.toString())).isZero();
    assertThat(bodies).containsExactly(json("{'name': 'hw3', 'lane': 'bulk'}"), job("a"), job("b"));
    bodies.clear();
    assertThat(run("batch", file("[{\"ref\":\"a\",\n\"run_spec\":{}}]").toString()))
        .isZero();
    assertThat(bodies).containsExactly(new JsonObject(), job("a"));
  }

  @Test
  void whatIsNoBatchIsShownWithItsLine() throws IOException {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(
        "{\"ref\":\"a\"}\nnonsense\n", ", line 2: is not JSON: Unrecognized token 'nonsense'");
    wrong.put("{\"ref\":\"a\"}\n\n[7]\n", ", line 3: '7' (expected: a job as a JSON object)");
    wrong.put("{\"ref\":\"a\",\n\"run_spec\":", ", line 2: is not JSON: Unexpected end-of-input");
    wrong.put("\n", ": there is no job in it (expected: at least one)");
    wrong.put("{\"lane\": \"bulk\"}", ": there is no job in it (expected: at least one)");
    wrong.put("{\"jobs\": []}", ": there is no job in it (expected: at least one)");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      assertThat(run("batch", file(each.getKey()).toString())).isEqualTo(1);
      assertThat(err.toString()).contains("jobs.ndjson" + each.getValue());
    }
    assertThat(run("batch", "nowhere.ndjson")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere.ndjson: there is no such file");
    assertThat(asked).isEmpty();
  }

  @Test
  void whatANodeFindsWrongIsSaidWithTheFilesOwnLine() throws IOException {
    JsonArray errors = new JsonArray()
        .add(new JsonObject()
            .put("pointer", "/ref")
            .put("detail", "line 3: 7 (expected: a string)"));
    answers(
        "POST /api/v1/batches",
        422,
        new JsonObject().put("detail", "line 2: no").put("errors", errors));
    Path file = file("\n{\"run_spec\":{}}\n\n{\"ref\":7}\n");

    assertThat(run("batch", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("answered 422: " + file + ", line 2: no")
        .contains("  " + file + ", line 4, /ref: 7 (expected: a string)");
  }

  @Test
  void aHundredThousandJobsAreSentAndNotOneMore() throws IOException {
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));
    String job = "{\"run_spec\":{\"sourcecode\":\"print(1)\"}}\n";

    assertThat(run("batch", file(job.repeat(100_000)).toString())).isZero();
    assertThat(bodies).hasSize(100_001);
    assertThat(run("batch", file(job.repeat(100_001)).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 100001: one job more (expected: at most 100000");
  }

  @Test
  void aPersonIsShownHowFarItIs() throws IOException {
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));
    terminal = true;

    assertThat(run("batch", file("{\"ref\":\"a\"}").toString())).isZero();
    assertThat(err.toString()).contains("1 job, 0.0 MB: sent; being read and kept");
    assertThat(out.toString().strip()).isEqualTo(BATCH);
  }

  @Test
  void whatWasSentAndNotAnsweredIsSentAgainUnderTheSameKey() throws IOException {
    List<String> keys = new CopyOnWriteArrayList<>();
    rooms.put("POST /api/v1/batches", request -> {
      keys.add(request.getHeader("Idempotency-Key"));
      if (keys.size() == 1) {
        request.connection().close();
      } else {
        request
            .response()
            .setStatusCode(201)
            .end(new JsonObject().put("id", BATCH).encode());
      }
    });

    assertThat(run("batch", file("{\"ref\":\"a\"}").toString())).isZero();
    assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
    assertThat(bodies).hasSize(4);
  }

  private static JsonObject job(String ref) {
    return new JsonObject().put("ref", ref).put("run_spec", new JsonObject());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("jobs.ndjson"), text);
  }
}
