package io.gradelane.api.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Opens the exchanges of one verticle, and keeps what they share. */
public final class Exchanges {

  final AccessLog accessLog = new AccessLog();
  final Guests guests;
  private final Ids ids;
  private final LongSupplier nanos;
  private final BooleanSupplier leaving;

  /**
   * @param nanos a ticker such as {@code System::nanoTime}
   * @param leaving whether this node drains, so that each answer is the last on its connection
   */
  public Exchanges(
      Guests guests, RandomGenerator random, LongSupplier nanos, BooleanSupplier leaving) {
    this.guests = guests;
    this.ids = new Ids(random);
    this.nanos = nanos;
    this.leaving = leaving;
  }

  /** Numbers a request that has just come; errors are said in {@code voice} until somebody else takes it. */
  public Exchange open(HttpServerRequest request, Voice voice) {
    return new Exchange(
        this,
        request,
        ids.requestId(request.headers().get(Headers.REQUEST_ID)),
        ids.traceparent(request.headers().get(Headers.TRACEPARENT)),
        voice);
  }

  long now() {
    return nanos.getAsLong();
  }

  boolean leaving() {
    return leaving.getAsBoolean();
  }
}
