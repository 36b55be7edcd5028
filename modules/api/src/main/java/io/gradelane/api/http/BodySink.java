package io.gradelane.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Takes the bytes of a body, in order. Used on one context only. */
public interface BodySink {

  /** Fails if they can't be taken; then nothing more need be sent. */
  Future<Void> write(Buffer chunk);

  /** Whether no more should be sent now. */
  boolean isFull();

  /** @param then is called once, as soon as it is not full any more */
  void onRoom(Runnable then);
}
