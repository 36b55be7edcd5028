package io.gradelane.store.jobs;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.Map;

/** Results that are known, by the digest of all that made them. They go with the attempts that they stand in. */
public interface Results {

  /**
   * One that is known.
   *
   * @param server where it ran
   * @param result the server's answer, byte for byte
   */
  record Known(Origin origin, String server, Buffer result) {}

  /** Those that there are. */
  Future<Map<Buffer, Known>> find(Collection<Buffer> digests);
}
