package io.gradelane.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import co.elastic.logging.logback.EcsEncoder;
import io.gradelane.settings.Settings;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log on standard output: lines of JSON with ECS names for machines, text for people. */
final class LogSetup {

  private static final String TEXT =
      "%d{HH:mm:ss.SSS} %-5level %-18.18logger{0} %msg %kvp{NONE}%n%ex";
  private static final int QUEUE = 8192;

  /** They tell at length what a node that goes away leaves behind; that it has gone is told by ourselves. */
  private static final List<String> NOISY = List.of(
      "com.hazelcast.cp",
      "com.hazelcast.internal.cluster.impl.ClusterHeartbeatManager",
      "com.hazelcast.internal.partition",
      "com.hazelcast.spi.impl.operationservice",
      "io.vertx.core.net.impl.ConnectionBase");

  private LogSetup() {}

  /** Takes effect at once, for every logger. */
  static void apply(Settings.Log log, boolean terminal, String node) {
    boolean json = log.format().equals("json") || (log.format().equals("auto") && !terminal);
    LoggerContext context = context();
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(log.level(), Level.INFO));
    root.addAppender(
        unblocked(context, console(context, json ? json(context, node) : text(context))));
    calm(context, root.getLevel());
  }

  /** Writes what still waits to be written. */
  static void flush() {
    context().stop();
  }

  static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  /** Libraries that tell their whole life at debug do so only at trace. */
  private static void calm(LoggerContext context, Level root) {
    if (root.isGreaterOrEqual(Level.DEBUG)) {
      context.getLogger("io.netty").setLevel(Level.WARN);
      context.getLogger("io.vertx").setLevel(root.isGreaterOrEqual(Level.WARN) ? root : Level.INFO);
      context.getLogger("com.hazelcast").setLevel(Level.WARN);
      NOISY.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
      context.addTurboFilter(new BusComplaints());
    }
  }

  /** A reader of the output that stalls must not stall an event loop: then lines are dropped. */
  private static Appender<ILoggingEvent> unblocked(
      LoggerContext context, Appender<ILoggingEvent> appender) {
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(QUEUE);
    async.setNeverBlock(true);
    async.addAppender(appender);
    async.start();
    return async;
  }

  static ConsoleAppender<ILoggingEvent> console(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context, String node) {
    EcsEncoder encoder = new EcsLines();
    encoder.setServiceName("gradelane");
    encoder.setServiceVersion(Version.current());
    encoder.setServiceNodeName(node);
    return started(encoder, context);
  }

  static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(TEXT);
    return started(encoder, context);
  }

  private static Encoder<ILoggingEvent> started(
      EncoderBase<ILoggingEvent> encoder, LoggerContext context) {
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
