package io.gradelane.store.jobs;

import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The lives of nodes, by the database's clock. Jobs are claimed under a session, and taken back when it has ended:
 * by liveness, never by age.
 */
public interface Sessions {

  /**
   * @param lease how long a session lives after a renewal
   * @param inTime the longest pause between two renewals after which nobody doubts that the node was there all the time
   */
  record Terms(Duration lease, Duration inTime) {

    /** A node renews every 2 s: three in a row may fail. */
    public static final Terms DEFAULT = new Terms(Duration.ofSeconds(8), Duration.ofSeconds(5));
  }

  /** A job that was taken back, and what became of it: waiting, dead or cancelled. */
  record Rescued(JobId job, JobState state, String language, int costMillis) {}

  /** Begins the life of {@code node}. */
  Future<Long> open(String node);

  /**
   * @return how long its renewals have come in time; empty if the session has ended, and the node needs a new one
   */
  Future<Optional<Duration>> renew(long session);

  /** Those that can claim at the moment, the oldest first. */
  Future<List<Long>> living();

  /** Ends it by its own will: what still runs under it is handed back without a strike. */
  Future<Void> leave(long session);

  /**
   * Ends the sessions whose time is over, and takes back every job that ran under one that has ended. Does the first only
   * if {@code session} itself has been steady for a whole lease: after an outage everybody looks dead.
   *
   * @param strikes a job under which so many nodes and servers have vanished is dead
   */
  Future<List<Rescued>> rescue(long session, int strikes);
}
