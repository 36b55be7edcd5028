package io.gradelane.api.v1;

import io.gradelane.store.jobs.JobView;
import io.vertx.core.buffer.Buffer;

/** How results are written, one line a job. */
interface ResultFormat {

  CharSequence contentType();

  /** The ending of a file's name. */
  String suffix();

  /** What stands before the first line. */
  Buffer head();

  Buffer line(JobView job);
}
