package io.gradelane.contract;

import io.gradelane.contract.Recordings.Program;
import io.gradelane.contract.Recordings.Turn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds the recorded conversations with whatever listens at an address. */
final class ConversationReplay {

  private static final String API = "/jobe/index.php/restapi/";
  private static final String JSON_HEADERS =
      " HTTP/1.1\r\nHost: jobe.example.edu\r\nAccept: application/json\r\nContent-Type: application/json; charset=utf-8";

  private final RawClient client;
  private final Set<String> installed;
  private final AnswerComparison comparison;

  ConversationReplay(String host, int port) throws IOException {
    this.client = new RawClient(host, port);
    this.installed = languages();
    this.comparison = new AnswerComparison(installed);
  }

  private Set<String> languages() throws IOException {
    WireAnswer answer = client.send("GET " + API + "languages" + JSON_HEADERS, null);
    Set<String> ids = new TreeSet<>();
    new JsonArray(answer.body()).forEach(pair -> ids.add(((JsonArray) pair).getString(0)));
    return ids;
  }

  /** One after another: later ones need what earlier ones left. */
  Tally turns(String what, List<Turn> turns) throws IOException {
    Tally tally = new Tally(what);
    for (Turn turn : turns) {
      String language = turn.language();
      if (language != null && !installed.contains(language)) {
        tally.skip(turn.name(), language);
      } else {
        tally.count(
            turn.name(),
            comparison.differences(turn.answer(), client.send(turn.head(), turn.body())));
      }
    }
    return tally;
  }

  Tally programs(List<Program> programs) throws IOException {
    Tally tally = new Tally("programs");
    for (Program program : programs) {
      String language = program.runSpec().getString("language_id");
      if (installed.contains(language)) {
        tally.count(program.name(), run(program));
      } else {
        tally.skip(program.name(), language);
      }
    }
    return tally;
  }

  private List<String> run(Program program) throws IOException {
    for (Map.Entry<String, String> file : program.files().entrySet()) {
      put(file.getKey(), file.getValue());
    }
    Buffer body = new JsonObject().put("run_spec", program.runSpec()).toBuffer();
    WireAnswer answer = client.send("POST " + API + "runs" + JSON_HEADERS, body);
    if (answer.status() != 200) {
      return List.of("status " + answer.status() + ": " + answer.text());
    }
    List<String> differences = new ArrayList<>();
    AnswerComparison.compareResults(program.result(), new JsonObject(answer.body()), differences);
    return differences;
  }

  private void put(String id, String base64) throws IOException {
    Buffer body = new JsonObject().put("file_contents", base64).toBuffer();
    client.send("PUT " + API + "files/" + id + JSON_HEADERS, body);
  }
}
