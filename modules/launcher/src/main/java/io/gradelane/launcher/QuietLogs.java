package io.gradelane.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/** What Logback does until the settings are read: warnings only, as text. Found by the service loader. */
public final class QuietLogs extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(LogSetup.console(context, LogSetup.text(context)));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
