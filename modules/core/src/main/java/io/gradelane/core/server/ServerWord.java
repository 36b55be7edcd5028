package io.gradelane.core.server;

import org.jspecify.annotations.Nullable;

/**
 * What an operator has said of a server; it goes before what is configured, until it is taken back.
 *
 * @param at when, in milliseconds since 1970; of two words the later one holds. 0: nobody has said anything
 * @param drain whether nothing new shall start there
 * @param weight or null, for what is configured
 * @param slots or null likewise
 * @param cores null where {@code slots} is
 */
public record ServerWord(
    long at,
    boolean drain,
    @Nullable Double weight,
    @Nullable Integer slots,
    @Nullable Integer cores) {

  public static final ServerWord NONE = new ServerWord(0, false, null, null, null);

  /** Everything is taken back. */
  public static ServerWord nothing(long at) {
    return new ServerWord(at, false, null, null, null);
  }

  /** What two versions of an entry show of it, if its word was lost: an older node has replaced the entry. */
  static ServerWord between(ServerSpec configured, ServerSpec holds) {
    boolean resized = holds.slots() != configured.slots() || holds.cores() != configured.cores();
    return new ServerWord(
        0,
        false,
        holds.weight() == configured.weight() ? null : (Double) holds.weight(),
        resized ? (Integer) holds.slots() : null,
        resized ? (Integer) holds.cores() : null);
  }

  /** The moment of a word that is said now: after this one, whatever the clock says. */
  public long next(long epochMillis) {
    return Math.max(epochMillis, at + 1);
  }

  public ServerWord withDrain(boolean next, long now) {
    return new ServerWord(now, next, weight, slots, cores);
  }

  public ServerWord withWeight(double next, long now) {
    return new ServerWord(now, drain, next, slots, cores);
  }

  public ServerWord withSlots(int nextSlots, int nextCores, long now) {
    return new ServerWord(now, drain, weight, nextSlots, nextCores);
  }

  /** What holds of a server that is configured so. */
  ServerSpec on(ServerSpec configured) {
    return new ServerSpec(
        configured.id(),
        configured.url(),
        configured.apiKey(),
        slots == null ? configured.slots() : slots,
        cores == null ? configured.cores() : cores,
        weight == null ? configured.weight() : weight,
        configured.labels());
  }
}
