package io.gradelane.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says in what an answer differs from the recorded one, by the rules of the recordings' README: bytes where Jobe speaks,
 * for results what the program did, with Jobe's random folder names taken out, and the status alone where it was Apache
 * that spoke.
 */
final class AnswerComparison {

  private static final String APACHE = "text/html; charset=iso-8859-1";

  private final Set<String> installed;

  AnswerComparison(Set<String> installed) {
    this.installed = installed;
  }

  /** Empty if nothing differs that must be equal. */
  List<String> differences(WireAnswer expected, WireAnswer actual) {
    List<String> differences = new ArrayList<>();
    compare("status", expected.status(), actual.status(), differences);
    if (APACHE.equals(expected.header("content-type"))) {
      return differences;
    }
    compare("media type", expected.mediaType(), actual.mediaType(), differences);
    if (actual.headers().containsKey("transfer-encoding")) {
      differences.add("chunked");
    }
    if (actual.body().length() > 0 && actual.header("content-length") == null) {
      differences.add("no content length");
    }
    compareBodies(expected, actual, differences);
    return differences;
  }

  private void compareBodies(WireAnswer expected, WireAnswer actual, List<String> differences) {
    Object recorded = json(expected.body());
    if (recorded instanceof JsonObject result && json(actual.body()) instanceof JsonObject object) {
      compareResults(result, object, differences);
    } else if (recorded instanceof JsonArray languages
        && json(actual.body()) instanceof JsonArray array) {
      compareLanguages(languages, array, differences);
    } else {
      compare("body", expected.text(), actual.text(), differences);
    }
  }

  private static @Nullable Object json(Buffer body) {
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      return null;
    }
  }

  /** Versions may differ, and a language may be missing here or there; its name and the form may not. */
  private void compareLanguages(JsonArray expected, JsonArray actual, List<String> differences) {
    Set<String> recorded = ids(expected);
    recorded.retainAll(installed);
    Set<String> listed = ids(actual);
    listed.retainAll(ids(expected));
    compare("languages", recorded, listed, differences);
  }

  private static Set<String> ids(JsonArray languages) {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < languages.size(); i++) {
      JsonArray pair = languages.getJsonArray(i);
      if (pair.size() == 2 && pair.getValue(1) instanceof String) {
        ids.add(pair.getString(0));
      }
    }
    return ids;
  }

  /** Compares two results; a recorded stdout may be given by its length and SHA-256. */
  static void compareResults(JsonObject expected, JsonObject actual, List<String> differences) {
    List<String> keys = new ArrayList<>(expected.fieldNames());
    keys.removeAll(List.of("stdoutLength", "stdoutSha256"));
    compare("keys", keys, List.copyOf(actual.fieldNames()), differences);
    compare(
        "run_id",
        strip(expected.getString("run_id")),
        strip(actual.getString("run_id")),
        differences);
    compare("outcome", expected.getInteger("outcome"), actual.getInteger("outcome"), differences);
    for (String key : List.of("cmpinfo", "stderr")) {
      boolean empty = expected.getString(key, "").isEmpty();
      compare(key + " is empty", empty, actual.getString(key, "").isEmpty(), differences);
    }
    if (expected.getString("stdout") == null) {
      String stdout = actual.getString("stdout", "");
      compare("stdout's length", expected.getInteger("stdoutLength"), stdout.length(), differences);
      compare("stdout's SHA-256", expected.getString("stdoutSha256"), sha256(stdout), differences);
    } else {
      compare(
          "stdout",
          strip(expected.getString("stdout")),
          strip(actual.getString("stdout")),
          differences);
    }
  }

  /** Takes the random name of a run's folder out, as CodeRunner does. */
  static @Nullable String strip(@Nullable String text) {
    return text == null ? null : text.replaceAll("/home/jobe/runs/jobe_\\w+/?", "");
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void compare(
      String what, @Nullable Object expected, @Nullable Object actual, List<String> differences) {
    if (!java.util.Objects.equals(expected, actual)) {
      differences.add(what + ": Jobe " + shorten(expected) + ", here " + shorten(actual));
    }
  }

  private static String shorten(@Nullable Object value) {
    String text = "«" + value + "»";
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
