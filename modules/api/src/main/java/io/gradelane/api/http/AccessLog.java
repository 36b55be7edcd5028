package io.gradelane.api.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line a request, under the name {@code gradelane.access}, so that it can be turned off alone. Never a body, a query
 * or a user. A probe that was answered as it wishes is worth a line at {@code debug} only.
 */
final class AccessLog {

  /** The status that is logged for a caller who went away before there was an answer. */
  static final int GONE = 499;

  private static final int BAD = 400;

  private static final Logger log = LoggerFactory.getLogger("gradelane.access");

  void answered(Exchange exchange, int status, long millis, @Nullable RunNote note) {
    Level level = exchange.isProbe() && status < BAD ? Level.DEBUG : Level.INFO;
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    LoggingEventBuilder line = log.atLevel(level)
        .addKeyValue("http.request.id", exchange.requestId())
        .addKeyValue("http.request.method", exchange.request().method().name())
        .addKeyValue("url.path", exchange.path())
        .addKeyValue("http.response.status_code", status)
        .addKeyValue("millis", millis);
    if (exchange.traceparent() != null) {
      line = line.addKeyValue("traceparent", exchange.traceparent());
    }
    if (note != null) {
      line = run(line, note);
    }
    line.log(status == GONE ? "caller has gone" : "request is answered");
  }

  private static LoggingEventBuilder run(LoggingEventBuilder line, RunNote note) {
    return line.addKeyValue("run", note.run())
        .addKeyValue("lane", note.lane())
        .addKeyValue("tenant", note.tenant())
        .addKeyValue("server", note.server())
        .addKeyValue("attempts", note.attempts())
        .addKeyValue("outcome", note.outcome())
        .addKeyValue("waited", note.waitedMillis());
  }
}
