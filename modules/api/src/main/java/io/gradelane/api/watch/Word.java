package io.gradelane.api.watch;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is said to watchers, the same over SSE and WebSocket. Its text is made once, however many it is said to.
 */
final class Word {

  /** What is said. */
  enum Type {
    /** The stream is open. */
    HELLO,
    /** A subscription has begun: how things are. */
    SUBSCRIBED,
    /** Something has changed. */
    EVENT,
    /** Something was missed that can't be told any more: how things are. */
    GAP,
    /** A subscription has ended, as was asked. */
    UNSUBSCRIBED,
    /** What was asked can't be done. */
    PROBLEM,
    /** The stream ends; come back, to any node. */
    BYE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;
  private final @Nullable String cursor;
  private final JsonObject data;
  private @Nullable String text;

  /** @param cursor from which to go on after this; null where there is no log */
  Word(Type type, @Nullable String cursor, JsonObject data) {
    this.type = type;
    this.cursor = cursor;
    this.data = cursor == null ? data : data.put("cursor", cursor);
  }

  static Word plain(Type type, JsonObject data) {
    return new Word(type, null, data);
  }

  Type type() {
    return type;
  }

  @Nullable
  String cursor() {
    return cursor;
  }

  /** Not to be changed. */
  JsonObject data() {
    return data;
  }

  /** As one line of JSON. */
  String text() {
    String made = text;
    if (made == null) {
      made = data.encode();
      text = made;
    }
    return made;
  }
}
