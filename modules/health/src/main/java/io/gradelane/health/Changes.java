package io.gradelane.health;

import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerState.Down;
import io.gradelane.core.server.ServerState.Suspect;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says in logs and meters what has become of a server. */
final class Changes {

  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);

  private final MeterRegistry meters;

  Changes(MeterRegistry meters) {
    this.meters = meters;
  }

  void changed(ServerEntry before, ServerEntry after) {
    ServerState was = before.state();
    ServerState is = after.state();
    if (!was.word().equals(is.word())) {
      log.atLevel(is instanceof Down || is instanceof Suspect ? Level.WARN : Level.INFO)
          .addKeyValue("server", after.id())
          .addKeyValue("was", was.word())
          .addKeyValue("cause", is.cause())
          .log(sentence(is));
      countEjection(after.id(), was, is);
    }
    if (!before.spec().equals(after.spec())) {
      log.atInfo()
          .addKeyValue("server", after.id())
          .addKeyValue("slots", after.spec().slots())
          .addKeyValue("cores", after.spec().cores())
          .addKeyValue("weight", after.spec().weight())
          .log("server is set differently");
    }
  }

  private void countEjection(String server, ServerState was, ServerState is) {
    if (is instanceof Down && was.grantable()) {
      meters.counter(HealthMeters.EJECTIONS.meterName(), "server", server).increment();
    }
  }

  private static String sentence(ServerState state) {
    return switch (state) {
      case ServerState.Unknown unknown -> "server is to be probed before it takes runs";
      case ServerState.Ready ready -> "server is ready";
      case Suspect suspect -> "server is suspect: it takes runs until the next probe says";
      case Down down -> "server is down: it takes no runs";
      case ServerState.Warming warming -> "server is back: it takes runs slowly at first";
      case ServerState.Draining draining -> "server is draining: nothing new starts there";
      case ServerState.Drained drained -> "server is drained";
    };
  }
}
