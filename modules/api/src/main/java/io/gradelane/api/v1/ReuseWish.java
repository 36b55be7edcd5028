package io.gradelane.api.v1;

import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.job.Reuse;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a batch says of results that are known: {@code "cache": true}, {@code false} or {@code "refresh"}. */
final class ReuseWish {

  private ReuseWish() {}

  /** @param body that submits; what is wrong with it is added to {@code wrong} */
  static Reuse read(JsonObject body, List<Wrong> wrong) {
    Object value = body.getValue("cache");
    if (value == null || Boolean.FALSE.equals(value)) {
      return Reuse.NEVER;
    }
    if (Boolean.TRUE.equals(value)) {
      return Reuse.KNOWN;
    }
    if (!Reuse.REFRESH.word().equals(value)) {
      wrong.add(new Wrong("/cache", value + " (expected: true, false or \"refresh\")"));
    }
    return Reuse.REFRESH;
  }

  static Object json(Reuse reuse) {
    return reuse == Reuse.REFRESH ? reuse.word() : (Object) (reuse == Reuse.KNOWN);
  }
}
