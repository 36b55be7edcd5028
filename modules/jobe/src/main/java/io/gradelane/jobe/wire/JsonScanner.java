package io.gradelane.jobe.wire;

import java.nio.charset.StandardCharsets;

/**
 * Cuts bytes into JSON tokens, failing at the byte at which PHP's scanner fails, and for its reason. Reading past the
 * last byte sees a NUL, which is why PHP calls an unfinished string a control character error.
 */
final class JsonScanner {

  enum Token {
    OBJECT_START,
    OBJECT_END,
    ARRAY_START,
    ARRAY_END,
    COLON,
    COMMA,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    END
  }

  private final byte[] bytes;
  private int at;
  private String number = "";
  private StringLiteral string = new StringLiteral(new byte[0], 0, 0, false);

  JsonScanner(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The last STRING. */
  StringLiteral string() {
    return string;
  }

  /** The last NUMBER as it was written. */
  String number() {
    return number;
  }

  Token next() throws PhpJsonException {
    skipSpace();
    if (at == bytes.length) {
      return Token.END;
    }
    return switch (bytes[at]) {
      case '{' -> one(Token.OBJECT_START);
      case '}' -> one(Token.OBJECT_END);
      case '[' -> one(Token.ARRAY_START);
      case ']' -> one(Token.ARRAY_END);
      case ':' -> one(Token.COLON);
      case ',' -> one(Token.COMMA);
      case '"' -> readString();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> readNumber();
      case 't' -> word("true", Token.TRUE);
      case 'f' -> word("false", Token.FALSE);
      case 'n' -> word("null", Token.NULL);
      default -> throw noToken();
    };
  }

  private void skipSpace() {
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  private Token one(Token token) {
    at++;
    return token;
  }

  private Token word(String word, Token token) throws PhpJsonException {
    for (int i = 0; i < word.length(); i++) {
      if (peek(i) != word.charAt(i)) {
        throw PhpJsonException.syntax();
      }
    }
    at += word.length();
    return token;
  }

  private PhpJsonException noToken() {
    int c = peek(0);
    if (c < ' ') {
      return PhpJsonException.controlCharacter();
    }
    return c < 0x80 || utf8Length(at) > 0 ? PhpJsonException.syntax() : PhpJsonException.utf8();
  }

  private Token readNumber() throws PhpJsonException {
    int start = at;
    if (peek(0) == '-') {
      at++;
    }
    if (!isDigit(peek(0))) {
      throw PhpJsonException.syntax();
    }
    if (peek(0) == '0') {
      at++;
    } else {
      skipDigits();
    }
    skipFraction();
    skipExponent();
    number = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    return Token.NUMBER;
  }

  private void skipFraction() {
    if (peek(0) == '.' && isDigit(peek(1))) {
      at++;
      skipDigits();
    }
  }

  private void skipExponent() {
    if (peek(0) != 'e' && peek(0) != 'E') {
      return;
    }
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (isDigit(peek(1 + sign))) {
      at += 1 + sign;
      skipDigits();
    }
  }

  private void skipDigits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private Token readString() throws PhpJsonException {
    int start = ++at;
    boolean escaped = false;
    skipPlain();
    while (peek(0) != '"') {
      if (peek(0) == '\\') {
        escaped = true;
        skipEscape();
      } else {
        at += characterLength();
      }
      skipPlain();
    }
    string = new StringLiteral(bytes, start, at, escaped);
    at++;
    return Token.STRING;
  }

  private void skipPlain() {
    at = PlainText.end(bytes, at);
  }

  private int characterLength() throws PhpJsonException {
    int c = peek(0);
    if (c < ' ') {
      throw PhpJsonException.controlCharacter();
    }
    if (c < 0x80) {
      return 1;
    }
    int length = utf8Length(at);
    if (length == 0) {
      throw PhpJsonException.utf8();
    }
    return length;
  }

  private void skipEscape() throws PhpJsonException {
    int c = peek(1);
    if (c == 'u') {
      skipUnicodeEscape();
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw PhpJsonException.syntax();
    } else {
      at += 2;
    }
  }

  private void skipUnicodeEscape() throws PhpJsonException {
    int high = hex4(at + 2);
    if (high < 0) {
      throw PhpJsonException.syntax();
    }
    if (!isSurrogate(high)) {
      at += 6;
      return;
    }
    int low = peek(6) == '\\' && peek(7) == 'u' ? hex4(at + 8) : -1;
    if (!Character.isHighSurrogate((char) high)
        || low < 0
        || !Character.isLowSurrogate((char) low)) {
      throw PhpJsonException.surrogate();
    }
    at += 12;
  }

  private static boolean isSurrogate(int unit) {
    return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
  }

  /** The value of four hexadecimal digits, or −1. */
  private int hex4(int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < bytes.length && bytes[i] > 0 ? Character.digit((char) bytes[i], 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private int peek(int ahead) {
    return at + ahead < bytes.length ? bytes[at + ahead] & 0xFF : 0;
  }

  private int utf8Length(int from) {
    return Utf8.length(bytes, from);
  }
}
