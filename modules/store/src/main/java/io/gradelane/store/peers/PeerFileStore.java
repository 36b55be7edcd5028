package io.gradelane.store.peers;

import io.gradelane.store.FileId;
import io.gradelane.store.FileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files of all nodes, each of which keeps what was put through it. A file that is not here is looked for on the others,
 * and is here too once it was needed. What a tenant calls by a name of its own is what it has put last, on whichever node.
 */
public final class PeerFileStore implements FileStore {

  private final FileStore near;
  private final Peers peers;

  private PeerFileStore(FileStore near, Peers peers) {
    this.near = near;
    this.peers = peers;
  }

  /**
   * @param near this node's own store; closed with this one
   * @param addresses {@code host:port} of each other node now
   * @param lookUp how long to wait for nodes that don't answer: a file that nobody has costs so much when one hangs
   * @param fetch how long a content may take to come
   */
  public static PeerFileStore over(
      Vertx vertx,
      FileStore near,
      Supplier<List<String>> addresses,
      String secret,
      Duration lookUp,
      Duration fetch) {
    return new PeerFileStore(near, new Peers(vertx, addresses, secret, lookUp, fetch));
  }

  @Override
  public Future<String> put(String tenant, String id, Buffer content) {
    return near.put(tenant, id, content)
        .compose(md5 -> id.equals(md5)
            ? Future.succeededFuture(md5)
            : peers.name(tenant, id, md5).map(md5));
  }

  @Override
  public Future<Optional<String>> digest(String tenant, String id) {
    return near.digest(tenant, id)
        .compose(here -> here.isPresent() || !FileId.valid(id)
            ? Future.succeededFuture(here)
            : peers.digest(tenant, id).map(there -> there.filter(FileId::isMd5)));
  }

  @Override
  public Future<Optional<Buffer>> content(String md5) {
    return near.content(md5)
        .compose(here -> here.isPresent() || !FileId.isMd5(md5)
            ? Future.succeededFuture(here)
            : peers.content(md5).compose(there -> kept(md5, there)));
  }

  @Override
  public Future<Void> name(String tenant, String id, String md5) {
    return Future.join(near.name(tenant, id, md5), peers.name(tenant, id, md5)).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return Future.join(peers.close(), near.close()).mapEmpty();
  }

  /** Proves it, and keeps it here. A content for which there is no room here is passed on all the same. */
  private Future<Optional<Buffer>> kept(String md5, Optional<Buffer> there) {
    return there.isEmpty()
        ? Future.succeededFuture(there)
        : near.put("", md5, there.get())
            .otherwise(cause -> FileId.md5(there.get()))
            .map(digest -> there.filter(content -> digest.equals(md5)));
  }
}
