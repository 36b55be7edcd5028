package io.gradelane.api.jobs;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import java.util.List;

/**
 * Which of a batch's jobs are this node's to run: one chunk of them in so many. It is an order of work and no more: nodes
 * that see different sessions ask for the same jobs, and their claims sort that out.
 *
 * @param place of this node, from 0
 * @param nodes that run jobs, 1 or more
 */
record Share(int place, int nodes) {

  /** Jobs in a row that one node runs. */
  static final int CHUNK = 250;

  static final Share ALL = new Share(0, 1);

  /** @param living those of all nodes, in an order that all nodes see */
  static Share of(long session, List<Long> living) {
    int place = living.indexOf(session);
    return place < 0 ? ALL : new Share(place, living.size());
  }

  boolean holds(JobId job) {
    return chunksToNext(job.batch(), job.sequence()) == 0;
  }

  /** The first sequence that is this node's, from {@code sequence} on. */
  int next(BatchId batch, int sequence) {
    int chunks = chunksToNext(batch, sequence);
    return chunks == 0 ? sequence : (chunk(sequence) + chunks) * CHUNK + 1;
  }

  /** Batches begin with different nodes, so that small ones don't all go to the same. */
  private int chunksToNext(BatchId batch, int sequence) {
    return Math.floorMod(place - chunk(sequence) - batch.hashCode() % nodes, nodes);
  }

  private static int chunk(int sequence) {
    return (sequence - 1) / CHUNK;
  }
}
