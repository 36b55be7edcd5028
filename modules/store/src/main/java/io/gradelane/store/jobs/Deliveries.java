package io.gradelane.store.jobs;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.store.jobs.Leases.Lease;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks are to be told: written with what ended, delivered at least once by whoever holds the lease, tried for a
 * day, kept for a while.
 */
public interface Deliveries {

  /**
   * One that is to be sent now.
   *
   * @param secrets to sign with, the newest first
   * @param tries this one included: what tells its end from that of another
   */
  record Due(
      UUID id,
      UUID webhook,
      String url,
      List<String> secrets,
      HookEvent event,
      JsonObject data,
      Instant at,
      int tries) {

    public Due {
      secrets = List.copyOf(secrets);
    }

    /** Where it goes: host and port, as they are written in the URL. */
    public String endpoint() {
      String[] parts = url.split("/", 4);
      return parts.length < 3 ? "" : parts[2].split("\\?", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Due[" + id + " " + event + " to " + url + "]";
    }
  }

  /**
   * How many are wanted.
   *
   * @param known most to each of these endpoints, 0 for none
   * @param each most to any other endpoint
   * @param inAll most of all together
   */
  record Room(Map<String, Integer> known, int each, int inAll) {
    public Room {
      known = Map.copyOf(known);
    }
  }

  /** What came of one. */
  sealed interface Result {

    /** Of the answer, 0 for none. */
    int status();

    /** Why it failed; empty if it did not. */
    String reason();
  }

  record Delivered(int status) implements Result {
    @Override
    public String reason() {
      return "";
    }
  }

  /** It is tried again after the pause; if its day is over then, it is dead. */
  record Failed(int status, String reason, Duration pause) implements Result {}

  /** It is not tried again. */
  record GivenUp(int status, String reason) implements Result {}

  /**
   * Takes what is due, of every endpoint its share; what nobody settles is due again after a minute.
   *
   * @param lease nothing is due for whoever has lost it
   */
  Future<List<Due>> claim(Lease lease, Room room);

  /** @return whether it was this try's to say */
  Future<Boolean> settle(Due due, Result result);

  /**
   * Of one webhook, newest first.
   *
   * @param state only those in this state, or null for all
   * @param before only those that were made before this one; null for all
   */
  Future<List<Delivery>> page(
      UUID webhook, Delivery.@Nullable State state, @Nullable UUID before, int size);

  /** Tries one anew that is over. @return whether there is such a one */
  Future<Boolean> replay(UUID webhook, UUID delivery);

  /** Removes those that were made longer ago. @return how many */
  Future<Integer> expire(Duration keep);
}
