package io.gradelane.core.dispatch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All {@link Kind}s in use. Plain ones (a language and nothing else) stay while a server speaks the language. */
final class Kinds {

  private final Map<String, Kind> plain = new HashMap<>();
  private final Map<Kind.Key, Kind> special = new HashMap<>();
  private final List<Kind> all = new ArrayList<>();
  private final BitSet ids = new BitSet();

  Kind of(Want want) {
    if (want.pinned() == null && !want.quiet() && want.excluded().isEmpty()) {
      Kind kind = plain.get(want.language());
      return kind != null ? kind : add(key(want));
    }
    Kind.Key key = key(want);
    Kind kind = special.get(key);
    return kind != null ? kind : add(key);
  }

  /** Drops a kind that nobody uses, unless a server speaks its language. */
  void release(Kind kind, Servers servers) {
    if (kind.asks == 0 && !(kind.plain() && servers.anyCandidate(kind))) {
      ids.clear(kind.id);
      all.remove(kind);
      if (kind.plain()) {
        plain.remove(kind.key.language(), kind);
      } else {
        special.remove(kind.key, kind);
      }
    }
  }

  int size() {
    return all.size();
  }

  Kind get(int i) {
    return all.get(i);
  }

  @Nullable
  Kind hopeless(Servers servers) {
    for (int i = 0; i < all.size(); i++) {
      Kind kind = all.get(i);
      if (kind.asks > 0 && !servers.hope(kind)) {
        return kind;
      }
    }
    return null;
  }

  private static Kind.Key key(Want want) {
    return new Kind.Key(want.language(), want.excluded(), want.pinned(), want.quiet());
  }

  private Kind add(Kind.Key key) {
    int id = ids.nextClearBit(0);
    ids.set(id);
    Kind kind = new Kind(key, id);
    all.add(kind);
    if (kind.plain()) {
      plain.put(key.language(), kind);
    } else {
      special.put(key, kind);
    }
    return kind;
  }
}
