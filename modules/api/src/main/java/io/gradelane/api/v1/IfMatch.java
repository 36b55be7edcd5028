package io.gradelane.api.v1;

import io.gradelane.bus.HealthCommand;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The version that whoever changes something must say he has seen, as an entity tag. */
final class IfMatch {

  /** What {@code If-Match: *} means. */
  static final long ANY = HealthCommand.ANY_VERSION;

  private IfMatch() {}

  /** Null after an answer that says what is wrong. */
  static @Nullable Long version(Call call) {
    String tag = call.exchange().header(HttpHeaders.IF_MATCH);
    if (tag == null) {
      call.fail(new Problem(
          428,
          "precondition_required",
          "If-Match is missing: name the entity tag that you have seen, or *"));
      return null;
    }
    Long version = parse(tag.strip());
    if (version == null) {
      call.fail(new Problem(412, "stale", "If-Match: " + tag + " is no entity tag of ours"));
    }
    return version;
  }

  /** Whether what is there is what was seen, if anything is said of it; false after an answer. */
  static boolean holds(Call call, long current) {
    if (call.exchange().header(HttpHeaders.IF_MATCH) == null) {
      return true;
    }
    Long seen = version(call);
    if (seen == null) {
      return false;
    }
    boolean holds = seen == ANY || seen == current;
    if (!holds) {
      call.fail(new Problem(
          412, "stale", "It has changed meanwhile: the entity tag is " + etag(current)));
    }
    return holds;
  }

  static String etag(long version) {
    return '"' + Long.toString(version) + '"';
  }

  private static @Nullable Long parse(String tag) {
    if (tag.equals("*")) {
      return ANY;
    }
    boolean quoted = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
    try {
      return quoted ? Long.valueOf(tag.substring(1, tag.length() - 1)) : null;
    } catch (NumberFormatException foreign) {
      return null;
    }
  }
}
