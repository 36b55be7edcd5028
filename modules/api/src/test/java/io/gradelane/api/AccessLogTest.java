package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.gradelane.testkit.Eventually;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the access log says aloud. */
final class AccessLogTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger("gradelane.access");

  private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
    @Override
    protected void append(ILoggingEvent line) {
      lines.add(line);
    }
  };
  private House house;

  @BeforeEach
  void open() {
    house = new House();
    appender.start();
    LOG.addAppender(appender);
    LOG.setLevel(Level.DEBUG);
  }

  @AfterEach
  void close() {
    LOG.setLevel(null);
    LOG.detachAppender(appender);
    house.close();
  }

  @Test
  void aProbeThatIsAnsweredWellIsWorthADebugLine() {
    house.get("/livez");
    house.get("/metrics");

    assertThat(levels(2)).containsExactly(Level.DEBUG, Level.DEBUG);
  }

  @Test
  void aProbeThatFailsAndEverythingElseIsWorthMore() {
    house.run();
    house.readiness.leave();
    house.get("/readyz");

    assertThat(levels(2)).containsExactly(Level.INFO, Level.INFO);
  }

  private List<Level> levels(int count) {
    Eventually.await("the lines", () -> lines.size() == count);
    return lines.stream().map(ILoggingEvent::getLevel).toList();
  }
}
