package io.gradelane.bus.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The bytes of one message while it is written. */
final class WireOutput {

  /** A shorter text costs no more than a mention of its place. */
  private static final int WORTH_A_MENTION = 3;

  private byte[] bytes = new byte[256];
  private int size;
  private final Map<String, Integer> texts = new HashMap<>();

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void header(int tag, int type) {
    varint((long) tag << 3 | type);
  }

  void end() {
    octet(0);
  }

  void number(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  void eight(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((int) (value >>> shift));
    }
  }

  /** With its header: a text that stood before is only mentioned. */
  void text(int tag, String text) {
    Integer before = texts.get(text);
    if (before != null) {
      header(tag, WireType.TEXT_BEFORE);
      varint(before);
      return;
    }
    header(tag, WireType.TEXT);
    if (text.length() >= WORTH_A_MENTION) {
      texts.put(text, size);
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    varint(encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  private void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
