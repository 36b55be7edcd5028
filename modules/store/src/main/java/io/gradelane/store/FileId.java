package io.gradelane.store;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What may be a file's id, and what is one's digest. */
public final class FileId {

  /** Longer ids are refused; Jobe sets no limit, CodeRunner sends 32. */
  public static final int MAX_LENGTH = 200;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1," + MAX_LENGTH + "}");
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private FileId() {}

  /** Whether it is alphanumeric (ASCII), so that it can be no path and no pattern. */
  public static boolean valid(String id) {
    return ID.matcher(id).matches();
  }

  /** Whether it has the form of a digest; what it names need not have it. */
  public static boolean isMd5(String id) {
    return MD5.matcher(id).matches();
  }

  /** The digest of {@code content}, lower-case hex. About 2 ms for each MB. */
  public static String md5(Buffer content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
