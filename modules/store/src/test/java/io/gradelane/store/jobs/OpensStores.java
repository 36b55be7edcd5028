package io.gradelane.store.jobs;

import io.vertx.core.Vertx;

/** Which store a contract is for. */
public interface OpensStores {

  /** One more node's door to the same jobs. */
  JobStore open(Vertx vertx, Sessions.Terms terms) throws Exception;
}
