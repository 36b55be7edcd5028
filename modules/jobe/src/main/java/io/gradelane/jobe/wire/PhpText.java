package io.gradelane.jobe.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How PHP 8.2 names, prints and converts values; Jobe's error texts show it. */
public final class PhpText {

  private static final Pattern NUMERIC = Pattern.compile(
      "[ \\t\\n\\r\\x0B\\f]*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)[ \\t\\n\\r\\x0B\\f]*");
  private static final Pattern LEADING_NUMBER =
      Pattern.compile("[ \\t\\n\\r\\x0B\\f]*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)");

  /** PHP's {@code precision} setting, as it comes. */
  private static final MathContext PRECISION = new MathContext(14, RoundingMode.HALF_EVEN);

  private PhpText() {}

  /** The type's name as error messages have it. */
  public static String typeName(Json json) {
    return switch (json) {
      case Json.Obj ignored -> "stdClass";
      case Json.Arr ignored -> "array";
      case Json.Str ignored -> "string";
      case Json.Num number -> isInteger(number) ? "int" : "float";
      case Json.Bool ignored -> "bool";
      case Json.Null ignored -> "null";
    };
  }

  /** The value as a string, or null for an array or object, which PHP won't convert. */
  public static @Nullable String string(Json json) {
    return switch (json) {
      case Json.Obj ignored -> null;
      case Json.Arr ignored -> null;
      case Json.Str text -> text.value();
      case Json.Num number -> number(number);
      case Json.Bool bool -> bool.value() ? "1" : "";
      case Json.Null ignored -> "";
    };
  }

  private static boolean isInteger(Json.Num number) {
    String literal = number.literal();
    return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
        && new BigInteger(literal).bitLength() < Long.SIZE;
  }

  private static String number(Json.Num number) {
    return isInteger(number)
        ? new BigInteger(number.literal()).toString()
        : number(Double.parseDouble(number.literal()));
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "INF" : "-INF";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(PRECISION).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < -4 || exponent >= PRECISION.getPrecision()
        ? scientific(rounded, exponent)
        : rounded.toPlainString();
  }

  private static String scientific(BigDecimal value, int exponent) {
    String mantissa = value.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa
        + (mantissa.contains(".") ? "" : ".0")
        + (exponent < 0 ? "E-" : "E+")
        + Math.abs(exponent);
  }

  /** What {@code print_r} writes. */
  static String printed(Json json) {
    StringBuilder out = new StringBuilder();
    print(json, "", out);
    return out.toString();
  }

  private static void print(Json json, String indent, StringBuilder out) {
    switch (json) {
      case Json.Arr array -> {
        open("Array", indent, out);
        for (int i = 0; i < array.items().size(); i++) {
          printEntry(Integer.toString(i), array.items().get(i), indent, out);
        }
        out.append(indent).append(")\n");
      }
      case Json.Obj object -> {
        open("stdClass Object", indent, out);
        object.members().forEach((key, value) -> printEntry(key, value, indent, out));
        out.append(indent).append(")\n");
      }
      default -> out.append(string(json));
    }
  }

  private static void open(String name, String indent, StringBuilder out) {
    out.append(name).append('\n').append(indent).append("(\n");
  }

  private static void printEntry(String key, Json value, String indent, StringBuilder out) {
    out.append(indent).append("    [").append(key).append("] => ");
    print(value, indent + "        ", out);
    out.append('\n');
  }

  /** The number that PHP computes with if {@code is_numeric}, else null. Booleans, null and lists are not numeric. */
  static @Nullable Double numeric(@Nullable Json json) {
    if (json instanceof Json.Num number) {
      return Double.valueOf(number.literal());
    }
    if (json instanceof Json.Str text) {
      Matcher matcher = NUMERIC.matcher(text.value());
      return matcher.matches() ? Double.valueOf(matcher.group(1)) : null;
    }
    return null;
  }

  /** What {@code intval} gives for anything but an object. */
  static long intval(Json json) {
    return switch (json) {
      case Json.Num number -> integer(Double.parseDouble(number.literal()));
      case Json.Str text -> leadingInteger(text.value());
      case Json.Bool bool -> bool.value() ? 1 : 0;
      case Json.Arr array -> array.items().isEmpty() ? 0 : 1;
      case Json.Obj ignored -> 1;
      case Json.Null ignored -> 0;
    };
  }

  private static long leadingInteger(String text) {
    Matcher matcher = LEADING_NUMBER.matcher(text);
    return matcher.lookingAt() ? integer(Double.parseDouble(matcher.group(1))) : 0;
  }

  private static long integer(double value) {
    if (Double.isInfinite(value)) {
      return 0;
    }
    // Out of range, PHP wraps around modulo 2^64 instead of stopping at the largest number.
    return new BigDecimal(value).toBigInteger().longValue();
  }

  /** PHP 8.2 lowers ASCII letters only, whatever the locale. */
  static String lowerCase(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 32));
      }
    }
    return out.toString();
  }
}
