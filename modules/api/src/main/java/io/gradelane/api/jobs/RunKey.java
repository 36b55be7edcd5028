package io.gradelane.api.jobs;

import io.gradelane.core.run.Outcome;
import io.gradelane.jobe.wire.RunResult;
import io.gradelane.jobe.wire.Verdict;
import io.gradelane.settings.Settings;
import io.gradelane.store.FileId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that makes a run's result, but for the version of its language: tenant, limits and the whole spec, in canonical JSON.
 *
 * @param language lower-case
 */
record RunKey(String language, String text) {

  /** Changes with what is written below, so that no older digest is met by chance. */
  private static final String FORM = "gradelane result 1";

  /** Empty if it can't be told: no spec, or files that are not named by their content. */
  static Optional<RunKey> of(String tenant, Settings.Limits limits, Buffer body) {
    try {
      return new JsonObject(body).getValue("run_spec") instanceof JsonObject spec
              && spec.getValue("language_id") instanceof String language
              && filesAreContents(spec.getValue("file_list"))
          ? Optional.of(new RunKey(language.toLowerCase(Locale.ROOT), text(tenant, limits, spec)))
          : Optional.empty();
    } catch (DecodeException | ClassCastException malformed) {
      return Optional.empty();
    }
  }

  /** Its digest with a version of the language. */
  Buffer under(String version) {
    try {
      byte[] bytes = (version + "\n" + text).getBytes(StandardCharsets.UTF_8);
      return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Whether it would come again, as far as anybody can tell: a program that ended well, or that does not compile. What met a
   * limit, or failed, may have done so for the load's sake.
   */
  static boolean isSteady(RunResult result) {
    boolean steady = result.outcome() == Outcome.SUCCESS
        || (result.outcome() == Outcome.COMPILE_ERROR
            && !result.cmpinfo().contains("timelimit exceeded"));
    return steady && Verdict.of(result, 1, 0) instanceof Verdict.Plain;
  }

  private static String text(String tenant, Settings.Limits limits, JsonObject spec) {
    return Json.encode(List.of(FORM, tenant, limits.toString(), sorted(spec)));
  }

  private static boolean filesAreContents(@Nullable Object files) {
    return files == null
        || (files instanceof JsonArray list
            && list.stream()
                .allMatch(file -> file instanceof JsonArray parts
                    && !parts.isEmpty()
                    && parts.getValue(0) instanceof String id
                    && FileId.isMd5(id)));
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, @Nullable Object> members = new TreeMap<>();
        object.forEach(each -> members.put(each.getKey(), sortedOrNull(each.getValue())));
        yield members;
      }
      case JsonArray array -> {
        JsonArray items = new JsonArray();
        array.forEach(each -> items.add(sortedOrNull(each)));
        yield items;
      }
      default -> value;
    };
  }

  private static @Nullable Object sortedOrNull(@Nullable Object value) {
    return value == null ? null : sorted(value);
  }
}
