package io.gradelane.bus.wire;

import java.nio.charset.StandardCharsets;

/** The bytes of one message while it is read. Whatever they are, a read ends well or with {@link Unreadable}. */
final class WireInput {

  /** Deeper than any message is. */
  private static final int MOST_DEPTH = 32;

  private final byte[] bytes;
  private int at;
  private int depth;

  WireInput(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Unreadable("a number of more than ten bytes at " + at);
  }

  int small() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new Unreadable("number " + value + " at " + at + " (expected: up to 2^31)");
    }
    return (int) value;
  }

  long eight() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  String text(int type) {
    return type == WireType.TEXT_BEFORE ? textAt(small()) : text();
  }

  private String text() {
    int length = small();
    if (length > bytes.length - at) {
      throw new Unreadable("text of " + length + " bytes at " + at + " of " + bytes.length);
    }
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  private String textAt(int place) {
    if (place >= at) {
      throw new Unreadable("text at " + place + " mentioned at " + at + " (expected: before)");
    }
    int here = at;
    at = place;
    String text = text();
    at = here;
    return text;
  }

  /** Around the fields of every record, so that no bytes make the reader recurse for ever. */
  void enter() {
    if (++depth > MOST_DEPTH) {
      throw new Unreadable("records within records, more than " + MOST_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  /** Passes over a value of which nothing is known but its type. */
  void skip(int type) {
    switch (type) {
      case WireType.NUMBER, WireType.TEXT_BEFORE -> varint();
      case WireType.EIGHT_BYTES -> eight();
      case WireType.SIXTEEN_BYTES -> {
        eight();
        eight();
      }
      case WireType.TEXT -> text();
      case WireType.RECORD -> skipFields();
      case WireType.KINDED -> {
        varint();
        skipFields();
      }
      default -> throw new Unreadable("wire type " + type + " at " + at + " (expected: 0 to 6)");
    }
  }

  void skipFields() {
    enter();
    for (int header = small(); header != 0; header = small()) {
      skip(header & 7);
    }
    leave();
  }

  private int octet() {
    if (at >= bytes.length) {
      throw new Unreadable("it ends after " + bytes.length + " bytes, in the middle");
    }
    return bytes[at++] & 0xFF;
  }
}
