package io.gradelane.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Registers every message of this room with an event bus, once at start.
 *
 * <p>Messages are immutable records, so inside one process the very same instance is delivered, without a copy.
 */
public final class BusCodecs {

  /** @throws IllegalStateException if it was called before for this Vert.x */
  public static void register(Vertx vertx) {
    Deque<Class<?>> roots = new ArrayDeque<>();
    roots.add(BusMessage.class);
    roots.add(PoolQuestion.class);
    roots.add(PoolAnswer.class);
    roots.add(HealthCommand.class);
    roots.add(HealthAnswer.class);
    while (!roots.isEmpty()) {
      Class<?> type = roots.poll();
      if (type.isSealed()) {
        roots.addAll(Arrays.asList(type.getPermittedSubclasses()));
      } else {
        registerOne(vertx, type);
      }
    }
  }

  private static <T> void registerOne(Vertx vertx, Class<T> type) {
    vertx.eventBus().registerDefaultCodec(type, new SameInstance<>(type));
  }

  /** Hands the instance over inside one process; these messages never leave it. */
  private record SameInstance<T>(Class<T> type) implements MessageCodec<T, T> {

    @Override
    public void encodeToWire(Buffer buffer, T message) {
      throw new IllegalStateException(name() + " can't leave the process");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
      throw new IllegalStateException(name() + " can't come from another process");
    }

    @Override
    public T transform(T message) {
      return message;
    }

    @Override
    public String name() {
      return type.getName();
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }

  private BusCodecs() {}
}
