package io.gradelane.launcher;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves on SIGTERM and SIGINT: a JVM by itself would end at once, and with 143. */
final class Leaving {

  private static final Logger log = LoggerFactory.getLogger(Leaving.class);

  /** For what stands after the drain: sandboxes, stores. */
  private static final long CLOSE_SECONDS = 10;

  private final Supplier<Future<Void>> close;
  private final Duration most;
  private final Thread hook = new Thread(this::leave, "leaving");

  private Leaving(Supplier<Future<Void>> close, Duration most) {
    this.close = close;
    this.most = most;
  }

  /**
   * @param close lets go of everything; never fails
   * @param most the longest that what is in flight may take
   */
  static Leaving onSignal(Supplier<Future<Void>> close, Duration most) {
    Leaving leaving = new Leaving(close, most);
    Runtime.getRuntime().addShutdownHook(leaving.hook);
    return leaving;
  }

  /** The process is about to end by itself. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.debug("the signal came first", e);
    }
  }

  private void leave() {
    int exit = drain() ? 0 : Main.FAILED;
    LogSetup.flush();
    Runtime.getRuntime().halt(exit);
  }

  private boolean drain() {
    long seconds = most.toSeconds() + CLOSE_SECONDS;
    try {
      close.get().await(seconds, TimeUnit.SECONDS);
      log.info("gradelane has left");
      return true;
    } catch (TimeoutException e) {
      log.atError().addKeyValue("seconds", seconds).log("what was in flight did not end in time");
      return false;
    }
  }
}
