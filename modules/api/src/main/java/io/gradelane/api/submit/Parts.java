package io.gradelane.api.submit;

import com.fasterxml.jackson.core.JsonToken;
import io.gradelane.api.json.JsonCutter;
import io.gradelane.api.json.NotJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that submits jobs, taken apart in one walk: small values decoded, specs as they were written.
 *
 * @param values what is neither a template nor a job
 * @param jobs null if there is no list of them
 * @param job what stands beside such a list: of a single job its ref and spec
 */
record Parts(
    JsonObject values, @Nullable Spec template, @Nullable List<Draft> jobs, Draft job) {

  private static final Draft NONE = new Draft("", null);

  static Parts read(Buffer body) {
    try {
      return walk(body);
    } catch (NotJson malformed) {
      throw Unfit.malformed(malformed.words());
    }
  }

  private static Parts walk(Buffer body) {
    JsonCutter in = new JsonCutter(body);
    in.enterObject();
    Parts parts = new Parts(new JsonObject(), null, null, NONE);
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      parts = parts.with(key, in);
    }
    in.expectEnd();
    return parts;
  }

  private Parts with(String key, JsonCutter in) {
    return switch (key) {
      case "template" -> new Parts(values, readTemplate(in), jobs, job);
      case "jobs" -> new Parts(values, template, readJobs(in), job);
      case "ref" -> new Parts(values, template, jobs, new Draft(Draft.ref(in, ""), job.spec()));
      case "run_spec" ->
        new Parts(values, template, jobs, new Draft(job.ref(), Spec.read(in, "/run_spec")));
      default -> new Parts(values.put(key, in.value()), template, jobs, job);
    };
  }

  /** A batch has no spec of its own. */
  void noSingleJob() {
    if (job.spec() != null) {
      throw Unfit.saying("/run_spec", "unknown", "template, or a run_spec in each of the jobs");
    }
  }

  private static @Nullable Spec readTemplate(JsonCutter in) {
    return in.token() == JsonToken.VALUE_NULL ? null : Spec.read(in, "/template");
  }

  private static List<Draft> readJobs(JsonCutter in) {
    if (in.token() != JsonToken.START_ARRAY) {
      throw Unfit.at("/jobs", in.value(), "a list of 1 to " + Bodies.MOST_JOBS);
    }
    List<Draft> drafts = new ArrayList<>();
    while (in.next() != JsonToken.END_ARRAY) {
      if (drafts.size() == Bodies.MOST_JOBS) {
        throw Unfit.saying("/jobs", "more", "a list of 1 to " + Bodies.MOST_JOBS);
      }
      drafts.add(Draft.read(in, "/jobs/" + drafts.size()));
    }
    return drafts;
  }
}
