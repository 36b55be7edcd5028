package io.gradelane.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.JsonUtils;
import co.elastic.logging.logback.EcsEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** ECS, with the event's key-value pairs as fields, which the encoder by itself leaves out. */
final class EcsLines extends EcsEncoder {

  @Override
  protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
    List<@Nullable KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> {
        if (pair != null) {
          add(pair, line);
        }
      });
    }
  }

  private static void add(KeyValuePair pair, StringBuilder line) {
    line.append('"');
    JsonUtils.quoteAsString(pair.key, line);
    line.append("\":");
    if (pair.value instanceof Number || pair.value instanceof Boolean) {
      line.append(pair.value);
    } else {
      line.append('"');
      JsonUtils.quoteAsString(String.valueOf(pair.value), line);
      line.append('"');
    }
    line.append(',');
  }
}
