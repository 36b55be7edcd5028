package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BusComplaintsTest {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final BusComplaints filter = new BusComplaints();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen() {
    lines.start();
    root.addAppender(lines);
    context.addTurboFilter(filter);
  }

  @AfterEach
  void listenNoMore() {
    context.getTurboFilterList().remove(filter);
    root.detachAppender(lines);
  }

  @Test
  void manyComplaintsAreOneLineWithoutAStack() {
    Logger bus = context.getLogger(BusComplaints.BUS + ".ClusteredEventBus");
    for (int i = 0; i < 100; i++) {
      bus.warn("Connecting to server failed", new ConnectException("refused: /10.0.0.1:9"));
    }

    assertThat(lines.list).hasSize(1);
    ILoggingEvent only = lines.list.getFirst();
    assertThat(only.getLevel()).isEqualTo(Level.WARN);
    assertThat(only.getThrowableProxy()).isNull();
    assertThat(only.getKeyValuePairs().getFirst().value).isEqualTo("refused: /10.0.0.1:9");
  }

  @Test
  void whatElseIsSaidIsSaid() {
    context.getLogger(BusComplaints.BUS + ".ClusteredEventBus").warn("something else");
    context.getLogger("io.gradelane.Some").warn("it failed", new ConnectException("refused"));
    assertThat(lines.list).hasSize(2);
  }
}
