package io.gradelane.core.hook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of IP addresses, such as {@code 10.0.0.0/8}. */
final class Cidr {

  /** Four numbers as everybody reads them: no octal, no hexadecimal, none left out. */
  static final Pattern IPV4 = Pattern.compile(
      "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]+)/(\\d{1,3})");

  private final byte[] first;
  private final int bits;

  private Cidr(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  static boolean isOne(String text) {
    return text.indexOf('/') >= 0;
  }

  /** @throws IllegalArgumentException if {@code text} is none */
  static Cidr parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw none(text);
    }
    int bits = Integer.parseInt(form.group(2));
    if (!isAddress(form.group(1)) || bits > 128) {
      throw none(text);
    }
    byte[] first = address(form.group(1)).getAddress();
    if (bits > first.length * 8) {
      throw none(text);
    }
    return new Cidr(first, bits);
  }

  /** Whether it is written as an address, and not as a name. */
  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /** A literal is never looked up. */
  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException malformed) {
      throw new IllegalArgumentException("'" + literal + "' (expected: an address)", malformed);
    }
  }

  /** @param address of 4 or 16 bytes */
  boolean holds(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != first[i]) {
        return false;
      }
    }
    int mask = 0xFF00 >> (bits % 8);
    return bits % 8 == 0 || ((address[whole] ^ first[whole]) & mask & 0xFF) == 0;
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException(
        "'" + text + "' (expected: a block of addresses such as 10.1.0.0/16 or fd00::/8)");
  }
}
