package io.gradelane.bus;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.run.Ending;
import java.util.List;
import java.util.Map;

/** Everything that crosses the event bus. Small: payloads stay on the node that received them. */
public sealed interface BusMessage {

  /**
   * What an API verticle has to tell the dispatcher of a pool since its last turn, in order.
   *
   * @param replyTo the address that takes the {@link Decided}
   */
  record Told(String replyTo, List<Telling> tellings) implements BusMessage {
    public Told {
      tellings = List.copyOf(tellings);
    }
  }

  /** What the dispatcher decided for the runs of one API verticle since its last turn, in order. */
  record Decided(List<Decision> decisions) implements BusMessage {
    public Decided {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * Evidence from runs about a server, published to health.
   *
   * @param server the server's id
   * @param ending how a permit on it ended
   * @param blamed whether its answer was a verdict that is really the server's own failure
   * @param cause a few words for the log; empty if all was well
   */
  record Evidence(String server, Ending ending, boolean blamed, String cause)
      implements BusMessage {}

  /**
   * How busy the servers are, published once a second.
   *
   * @param inUse permits out by server id, quarantined ones included
   */
  record Status(Map<String, Integer> inUse) implements BusMessage {
    public Status {
      inUse = Map.copyOf(inUse);
    }
  }
}
