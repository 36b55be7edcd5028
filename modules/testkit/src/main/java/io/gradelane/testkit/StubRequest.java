package io.gradelane.testkit;

import io.vertx.core.MultiMap;

/**
 * One request as a {@link StubJobe} got it.
 *
 * @param body UTF-8 text, empty if there was none
 */
public record StubRequest(String method, String uri, MultiMap headers, String body) {}
