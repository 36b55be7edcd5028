package io.gradelane.api.jobs;

import io.gradelane.store.jobs.JobStore;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * This node's way to durable jobs, for all of its verticles. Safe on any thread.
 *
 * <p>{@code session} is written by the engine alone.
 */
public final class JobDoor {

  private static final long NONE = -1;

  private final Supplier<Optional<JobStore>> store;
  private volatile long session = NONE;

  /** @param store empty while the database can't be reached, and where there is none */
  public JobDoor(Supplier<Optional<JobStore>> store) {
    this.store = store;
  }

  /** A node without a database. */
  public static JobDoor none() {
    return new JobDoor(Optional::empty);
  }

  public Optional<JobStore> store() {
    return store.get();
  }

  /** Under which this node writes; empty until it has one. */
  public OptionalLong session() {
    return session == NONE ? OptionalLong.empty() : OptionalLong.of(session);
  }

  /** To be called by the engine's verticle alone, like {@link #noSession}. */
  public void session(long opened) {
    session = opened;
  }

  public void noSession() {
    session = NONE;
  }
}
