package io.gradelane.api.docs;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that is the same for everybody until the program changes.
 *
 * @param type of its content
 * @param caching what a browser may do with it
 * @param tag its entity tag, made from its content
 */
record Page(String type, Buffer content, String caching, String tag) {

  /** Asked for each time, and mostly answered 304: after an update nobody must see the old one. */
  static Page asked(String type, byte[] content) {
    return new Page(type, Buffer.buffer(content), "no-cache", tag(content));
  }

  /** Kept for a day without asking. */
  static Page kept(String type, byte[] content) {
    return new Page(type, Buffer.buffer(content), "max-age=86400", tag(content));
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
