package io.gradelane.api.submit;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What tells one request from another. */
public final class Digests {

  private Digests() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Buffer of(Buffer whole) {
    return Buffer.buffer(begin().digest(whole.getBytes()));
  }
}
