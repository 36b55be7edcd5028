package io.gradelane.cluster;

final class LocalServerMapTest extends ServerMapContract {

  @Override
  ServerMap open() {
    return new LocalServerMap(vertx);
  }
}
