package io.gradelane.api.docs;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that is the same for everybody until the program changes.
 *
 * @param type of its content
 * @param tag its entity tag, made from its content
 */
record Page(String type, Buffer content, String tag) {

  static Page of(String type, String text) {
    return of(type, text.getBytes(StandardCharsets.UTF_8));
  }

  static Page of(String type, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      String tag = '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
      return new Page(type, Buffer.buffer(content), tag);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
