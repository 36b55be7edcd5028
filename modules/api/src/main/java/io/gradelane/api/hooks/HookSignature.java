package io.gradelane.api.hooks;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets and signatures as Standard Webhooks 1.0 has them: {@code whsec_…}, and {@code v1,…} by HMAC-SHA256. */
public final class HookSignature {

  private static final String PREFIX = "whsec_";
  private static final int SECRET_BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  private HookSignature() {}

  /** A new secret. */
  public static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The header: one signature for each secret, so that a receiver may know either.
   *
   * @param id of the message, the same in every try
   * @param seconds since 1970, of this try
   */
  static String of(List<String> secrets, String id, long seconds, Buffer body) {
    return secrets.stream()
        .map(secret -> "v1," + sign(secret, id + "." + seconds + ".", body))
        .collect(Collectors.joining(" "));
  }

  private static String sign(String secret, String head, Buffer body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
