package io.gradelane.core.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The servers of the pool, and the choice among them. */
final class Servers {

  private final Map<String, Server> byId = new HashMap<>();
  private final List<Server> all = new ArrayList<>();
  private final LoadTree loads = new LoadTree();

  /** Counts changes of who is there and what they speak. */
  private long version;

  private int slots;
  private int bulkInUse;

  /** Slots that may be granted now, over all servers that take runs. */
  int slots() {
    return slots;
  }

  /** Of those, in use by lanes that are not live. */
  int bulkInUse() {
    return bulkInUse;
  }

  List<Server> all() {
    return all;
  }

  @Nullable
  Server get(String id) {
    return byId.get(id);
  }

  void put(ServerView view, long event) {
    Server server = byId.get(view.id());
    if (server == null) {
      server = new Server(view, all.size());
      byId.put(view.id(), server);
      all.add(server);
      version++;
      rebuild();
    } else {
      if (!server.known || !server.view.languages().equals(view.languages())) {
        version++;
      }
      server.update(view, event);
    }
    recount();
  }

  /** The server of that id; if there is none, one on which nothing starts, for permits that are out there still. */
  Server orGone(String id) {
    Server server = byId.get(id);
    if (server == null) {
      put(new ServerView(id, 1, 1, 1, 1, false, Set.of()), 0);
      server = Objects.requireNonNull(byId.get(id));
      server.removed();
    }
    return server;
  }

  /** Nothing new starts there; it is forgotten when its last permit has ended. */
  @Nullable
  Server remove(String id) {
    Server server = byId.get(id);
    if (server != null) {
      server.removed();
      version++;
      forgetIfGone(server);
      recount();
    }
    return server;
  }

  void forgetIfGone(Server server) {
    if (!server.known && server.inUse == 0 && byId.remove(server.id, server)) {
      Server last = all.removeLast();
      if (last != server) {
        last.index = server.index;
        all.set(server.index, last);
      }
      version++;
      rebuild();
    }
  }

  /** After anything that may have changed a limit, or who takes runs. */
  void recount() {
    slots = 0;
    bulkInUse = 0;
    for (Server server : all) {
      if (server.grantable()) {
        slots += server.limit();
        bulkInUse += server.bulkInUse;
      }
      changed(server);
    }
  }

  /** Nothing but {@code ask} and what is there already starts on {@code server}, until it is let go. */
  void setAside(Server server, Ask ask) {
    server.heldFor = ask;
    changed(server);
  }

  void letGo(Server server) {
    server.heldFor = null;
    changed(server);
  }

  void take(Server server, Ask ask, long event) {
    server.take(ask, event);
    if (server.grantable() && ask.lane.bulk()) {
      bulkInUse++;
    }
    changed(server);
  }

  void free(Server server, Ask ask, long event) {
    server.free(ask, event);
    if (server.grantable() && ask.lane.bulk()) {
      bulkInUse--;
    }
    changed(server);
    forgetIfGone(server);
  }

  /** Whether any server, in whatever state, has what {@code kind} needs. */
  boolean anyCandidate(Kind kind) {
    refresh(kind);
    return kind.anyCandidate;
  }

  /** The same, or one that has never been reached and might have it. */
  boolean hope(Kind kind) {
    if (anyCandidate(kind)) {
      return true;
    }
    if (kind.pinned()) {
      return false;
    }
    for (Server server : all) {
      if (server.known
          && server.view.languages().isEmpty()
          && !kind.key.excluded().contains(server.id)) {
        return true;
      }
    }
    return false;
  }

  /** The server with the least load for its weight among those that would take {@code kind} now. */
  @Nullable
  Server leastLoaded(Kind kind, boolean bulk, int reserve) {
    int first = loads.least();
    if (first < 0 && !kind.pinned()) {
      return null;
    }
    if (first >= 0 && takes(all.get(first), kind, bulk, reserve)) {
      return all.get(first);
    }
    return leastLoadedOfAll(kind, bulk, reserve);
  }

  private @Nullable Server leastLoadedOfAll(Kind kind, boolean bulk, int reserve) {
    Server best = null;
    double least = LoadTree.FULL;
    for (int i = 0; i < all.size(); i++) {
      Server server = all.get(i);
      if (!takes(server, kind, bulk, reserve)) {
        continue;
      }
      double load = server.load();
      if (best == null || load < least || (load == least && server.lastGrant < best.lastGrant)) {
        best = server;
        least = load;
      }
    }
    return best;
  }

  /** Any of those that would take {@code kind} now, the likelier the more slots are free there. */
  @Nullable
  Server anyByRoom(Kind kind, boolean bulk, int reserve, RandomGenerator random) {
    Server chosen = null;
    int room = 0;
    for (Server server : all) {
      if (takes(server, kind, bulk, reserve)) {
        int free = Math.max(1, server.limit() - server.inUse);
        room += free;
        chosen = random.nextInt(room) < free ? server : chosen;
      }
    }
    return chosen;
  }

  boolean mayUse(Kind kind, Server server) {
    refresh(kind);
    return kind.mayUse(server);
  }

  /** Whether a server that takes runs at all has what {@code kind} needs. */
  boolean anyReady(Kind kind) {
    refresh(kind);
    for (Server server : all) {
      if (kind.mayUse(server) && (server.grantable() || kind.pinned())) {
        return true;
      }
    }
    return false;
  }

  /** Whether every server that takes runs has what {@code kind} needs, and there is one. */
  boolean allTake(Kind kind) {
    refresh(kind);
    for (Server server : all) {
      if (server.grantable() && !kind.mayUse(server)) {
        return false;
      }
    }
    return slots > 0;
  }

  boolean anyTakes(Kind kind, boolean bulk, int reserve) {
    return leastLoaded(kind, bulk, reserve) != null;
  }

  /** Whether {@code server} would take a run of {@code kind} now. */
  boolean takes(Server server, Kind kind, boolean bulk, int reserve) {
    refresh(kind);
    if (!kind.mayUse(server)) {
      return false;
    }
    return (server.grantable() || kind.pinned())
        && (kind.quiet() ? server.calm() && server.heldFor == null : server.hasRoom())
        && leavesReserve(server, bulk, reserve);
  }

  /**
   * The server that can be emptied to its cores soonest for a quiet run: one that takes runs, is not set aside
   * already, and has the fewest permits above its cores.
   */
  @Nullable
  Server soonestCalm(Kind kind, boolean bulk, int reserve) {
    refresh(kind);
    Server best = null;
    for (Server server : all) {
      if (kind.mayUse(server)
          && server.grantable()
          && server.heldFor == null
          && leavesReserve(server, bulk, reserve)
          && (best == null || above(server) < above(best))) {
        best = server;
      }
    }
    return best;
  }

  /** Whether one more leaves the server's part of the reserve alone: by slots, rounded down. */
  boolean leavesReserve(Server server, boolean bulk, int reserve) {
    int limit = server.limit();
    return !bulk || server.bulkInUse < limit - (int) ((long) reserve * limit / Math.max(1, slots));
  }

  private void changed(Server server) {
    boolean open = server.grantable() && server.hasRoom();
    loads.set(server.index, open ? server.load() : LoadTree.FULL, server.lastGrant);
  }

  private void rebuild() {
    loads.resize(all.size());
    all.forEach(this::changed);
  }

  private static int above(Server server) {
    return server.inUse - server.view.cores();
  }

  private void refresh(Kind kind) {
    if (kind.candidatesVersion == version) {
      return;
    }
    int words = (all.size() + 63) >>> 6;
    if (kind.candidates.length == words) {
      Arrays.fill(kind.candidates, 0);
    } else {
      kind.candidates = new long[words];
    }
    kind.anyCandidate = false;
    for (Server server : all) {
      if (isCandidate(server, kind.key)) {
        kind.candidates[server.index >>> 6] |= 1L << server.index;
        kind.anyCandidate = true;
      }
    }
    kind.candidatesVersion = version;
  }

  private static boolean isCandidate(Server server, Kind.Key key) {
    if (!server.known || key.excluded().contains(server.id)) {
      return false;
    }
    return key.pinned() != null
        ? server.id.equals(key.pinned())
        : server.view.languages().contains(key.language());
  }
}
