package io.gradelane.jobe.wire;

import java.nio.charset.StandardCharsets;

/** Which names Jobe lets a run give to its source. */
final class SourceFileName {

  private static final String REFUSED = "<>:\"/|?*#[]@!$&'()+,;={}^~`";

  /** No-break space and soft hyphen of Latin-1: Jobe looks at bytes, so an {@code à} of UTF-8 (C3 A0) is refused too. */
  private static final int NO_BREAK_SPACE = 0xA0;

  private static final int SOFT_HYPHEN = 0xAD;
  private static final int DELETE = 0x7F;

  private SourceFileName() {}

  static boolean isLegal(String name) {
    if (name.startsWith(".") || name.startsWith("-")) {
      return false;
    }
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isRefused(b & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRefused(int b) {
    return b < ' '
        || b == DELETE
        || b == NO_BREAK_SPACE
        || b == SOFT_HYPHEN
        || REFUSED.indexOf(b) >= 0;
  }
}
