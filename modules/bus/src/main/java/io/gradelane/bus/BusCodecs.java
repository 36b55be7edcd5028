package io.gradelane.bus;

import io.gradelane.bus.wire.Unknown;
import io.gradelane.bus.wire.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Set;

/**
 * Makes an event bus carry every message of this room; called once at start.
 *
 * <p>Messages are immutable records, so inside one process the very same instance is delivered, without a copy. Between
 * processes they travel as {@link Wire} has them; what this build can't read arrives as {@link Unknown}, which {@link
 * Listening} refuses.
 */
public final class BusCodecs {

  /** @throws IllegalStateException if it was called before for this Vert.x */
  public static void register(Vertx vertx) {
    Set<Class<?>> kinds = Wire.kinds();
    vertx
        .eventBus()
        .registerCodec(new WireCodec())
        .codecSelector(body -> kinds.contains(body.getClass()) ? WireCodec.NAME : null);
  }

  /** One codec for all: on a build that does not know a message there is still one that says so. */
  private static final class WireCodec implements MessageCodec<Object, Object> {

    static final String NAME = "gradelane";

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
      buffer.appendBytes(Wire.encode(message));
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
      return Wire.decode(buffer.getBytes(position, buffer.length()));
    }

    @Override
    public Object transform(Object message) {
      return message;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }

  private BusCodecs() {}
}
