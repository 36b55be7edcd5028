package io.gradelane.store.peers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What shows that a request comes from a node that knows the secret; the secret itself is never sent. */
final class Pass {

  static final String HEADER = "x-gradelane-pass";

  private static final String ALGORITHM = "HmacSHA256";

  private final String value;
  private final byte[] bytes;

  private Pass(String value) {
    this.value = value;
    this.bytes = value.getBytes(StandardCharsets.UTF_8);
  }

  /** @param secret empty on a machine where nodes have none */
  static Pass of(String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(
          new SecretKeySpec(("gradelane" + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] digest = mac.doFinal("files".getBytes(StandardCharsets.UTF_8));
      return new Pass(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  String value() {
    return value;
  }

  /** In the same time whatever is shown. */
  boolean isShownBy(@Nullable String shown) {
    return shown != null && MessageDigest.isEqual(bytes, shown.getBytes(StandardCharsets.UTF_8));
  }
}
