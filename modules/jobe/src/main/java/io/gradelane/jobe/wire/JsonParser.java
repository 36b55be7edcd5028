package io.gradelane.jobe.wire;

import io.gradelane.jobe.wire.JsonScanner.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts tokens together as PHP's parser does, with its limits and its words. Good for one text. */
final class JsonParser {

  /** PHP's default of 512, counted as it counts: the 512th opening bracket is one too many. */
  private static final int MAX_DEPTH = 512;

  private final JsonScanner scanner;
  private int depth;

  JsonParser(JsonScanner scanner) {
    this.scanner = scanner;
  }

  Json parse() throws PhpJsonException {
    Json value = value(scanner.next());
    expect(scanner.next(), Token.END);
    return value;
  }

  private Json value(Token token) throws PhpJsonException {
    return switch (token) {
      case OBJECT_START -> object();
      case ARRAY_START -> array();
      case STRING -> new Json.Str(scanner.string());
      case NUMBER -> new Json.Num(scanner.number());
      case TRUE -> new Json.Bool(true);
      case FALSE -> new Json.Bool(false);
      case NULL -> Json.Null.NULL;
      default -> throw PhpJsonException.syntax();
    };
  }

  private Json object() throws PhpJsonException {
    enter();
    Map<String, Json> members = new LinkedHashMap<>();
    Token token = scanner.next();
    if (!closes(token)) {
      token = member(token, members);
      while (token == Token.COMMA) {
        token = member(scanner.next(), members);
      }
    }
    leave(token, Token.OBJECT_END);
    return new Json.Obj(members);
  }

  private Token member(Token token, Map<String, Json> members) throws PhpJsonException {
    expect(token, Token.STRING);
    String key = scanner.string().decode();
    expect(scanner.next(), Token.COLON);
    Json value = value(scanner.next());
    if (key.startsWith("\0")) {
      throw PhpJsonException.propertyName();
    }
    members.put(key, value);
    return scanner.next();
  }

  private Json array() throws PhpJsonException {
    enter();
    List<Json> items = new ArrayList<>();
    Token token = scanner.next();
    if (!closes(token)) {
      items.add(value(token));
      token = scanner.next();
      while (token == Token.COMMA) {
        items.add(value(scanner.next()));
        token = scanner.next();
      }
    }
    leave(token, Token.ARRAY_END);
    return new Json.Arr(items);
  }

  private void enter() throws PhpJsonException {
    depth++;
    if (depth >= MAX_DEPTH) {
      throw PhpJsonException.depth();
    }
  }

  private void leave(Token token, Token expected) throws PhpJsonException {
    if (token != expected) {
      throw closes(token) ? PhpJsonException.mismatch() : PhpJsonException.syntax();
    }
    depth--;
  }

  private static boolean closes(Token token) {
    return token == Token.OBJECT_END || token == Token.ARRAY_END;
  }

  private static void expect(Token token, Token expected) throws PhpJsonException {
    if (token != expected) {
      throw PhpJsonException.syntax();
    }
  }
}
