package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class EcsLinesTest {

  @Test
  void keyValuePairsAreFieldsOfTheLine() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("x"), Level.INFO, "it \"ran\"", null, null);
    event.addKeyValuePair(new KeyValuePair("server", "s\n1"));
    event.addKeyValuePair(new KeyValuePair("waited", 12L));
    event.addKeyValuePair(new KeyValuePair("live", true));

    JsonObject line = new JsonObject(encoded(event, context));

    assertThat(line.getString("message")).isEqualTo("it \"ran\"");
    assertThat(line.getString("server")).isEqualTo("s\n1");
    assertThat(line.getLong("waited")).isEqualTo(12);
    assertThat(line.getBoolean("live")).isTrue();
  }

  private static String encoded(LoggingEvent event, LoggerContext context) {
    EcsLines lines = new EcsLines();
    lines.setContext(context);
    lines.start();
    return new String(lines.encode(event), StandardCharsets.UTF_8);
  }
}
