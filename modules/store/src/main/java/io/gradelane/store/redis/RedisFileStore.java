package io.gradelane.store.redis;

import io.gradelane.store.FileId;
import io.gradelane.store.FileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file store that all nodes share. Contents stand in Redis at {@code <prefix>file:<md5>}, each tenant's own names
 * at {@code <prefix>name:<id>:<tenant>}; each use gives them their whole time to live again.
 *
 * <p>What this node has seen lies in its own store in front as well. So a content is fetched once a node, and while
 * Redis is away a client that is told 404 and puts its files again finds them here: it costs an upload, never an error.
 */
public final class RedisFileStore implements FileStore {

  private static final Logger log = LoggerFactory.getLogger(RedisFileStore.class);
  private static final int MAX_CONNECTIONS = 8;
  private static final int MAX_WAITING = 4096;

  private final RedisLink redis;
  private final FileStore near;
  private final String prefix;
  private final String ttlMillis;

  private RedisFileStore(RedisLink redis, FileStore near, String prefix, Duration ttl) {
    this.redis = redis;
    this.near = near;
    this.prefix = prefix;
    this.ttlMillis = String.valueOf(ttl.toMillis());
  }

  /**
   * Needs no Redis to be there yet.
   *
   * @param url {@code redis://…} or {@code rediss://…}
   * @param prefix of every key, such as {@code gradelane:}
   * @param near this node's own store; closed with this one
   * @param ttl how long an entry is kept in Redis after its last use
   * @param timeout of one command; the largest file must pass in that time
   * @param ticker nanoseconds
   */
  public static RedisFileStore over(
      Vertx vertx,
      URI url,
      String prefix,
      FileStore near,
      Duration ttl,
      Duration timeout,
      LongSupplier ticker) {
    RedisOptions options = new RedisOptions()
        .setConnectionString(url.toString())
        .setMaxPoolSize(MAX_CONNECTIONS)
        .setMaxPoolWaiting(MAX_WAITING)
        .setNetClientOptions(
            new NetClientOptions().setConnectTimeout((int) timeout.toMillis()).setTcpNoDelay(true));
    log.atInfo()
        .addKeyValue("host", url.getHost())
        .addKeyValue("port", url.getPort())
        .log("files are shared through Redis");
    return new RedisFileStore(
        new RedisLink(Redis.createClient(vertx, options), timeout, ticker), near, prefix, ttl);
  }

  /** Fails if the id is not alphanumeric, or if neither Redis nor this node can keep the content. */
  @Override
  public Future<String> put(String tenant, String id, Buffer content) {
    if (!FileId.valid(id)) {
      return near.put(tenant, id, content);
    }
    Future<String> here = near.put(tenant, id, content);
    return here.recover(cause -> Future.succeededFuture(FileId.md5(content)))
        .compose(md5 -> share(tenant, id, md5, content)
            .compose(shared -> shared ? Future.succeededFuture(md5) : here));
  }

  @Override
  public Future<Optional<String>> digest(String tenant, String id) {
    if (!FileId.valid(id)) {
      return Future.succeededFuture(Optional.empty());
    }
    Future<Boolean> used = use(nameKey(tenant, id));
    return redis.send(Request.cmd(Command.GET).arg(nameKey(tenant, id))).compose(name -> {
      if (!name.reached()) {
        return near.digest(tenant, id);
      }
      String md5 = name.value().map(Object::toString).orElse(id);
      return used.compose(any -> digest(md5)).compose(found -> orNear(tenant, id, md5, found));
    });
  }

  @Override
  public Future<Optional<Buffer>> content(String md5) {
    if (!FileId.isMd5(md5)) {
      return Future.succeededFuture(Optional.empty());
    }
    return near.content(md5)
        .compose(here -> here.isPresent() ? use(fileKey(md5)).map(used -> here) : fetch(md5));
  }

  @Override
  public Future<Void> name(String tenant, String id, String md5) {
    return near.name(tenant, id, md5)
        .compose(here -> shareName(tenant, id, md5))
        .mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return Future.join(redis.close(), near.close()).mapEmpty();
  }

  private Future<Boolean> share(String tenant, String id, String md5, Buffer content) {
    Future<RedisLink.Answer> named = shareName(tenant, id, md5);
    return redis
        .send(set(fileKey(md5)).arg(content).arg("PX").arg(ttlMillis))
        .compose(file -> named.map(name -> file.reached() && name.reached()));
  }

  private Future<RedisLink.Answer> shareName(String tenant, String id, String md5) {
    return id.equals(md5)
        ? redis.send(Request.cmd(Command.DEL).arg(nameKey(tenant, id)))
        : redis.send(set(nameKey(tenant, id)).arg(md5).arg("PX").arg(ttlMillis));
  }

  private static Request set(String key) {
    return Request.cmd(Command.SET).arg(key);
  }

  private Future<Optional<String>> digest(String md5) {
    return FileId.isMd5(md5)
        ? use(fileKey(md5)).map(there -> there ? Optional.of(md5) : Optional.empty())
        : Future.succeededFuture(Optional.empty());
  }

  /** Redis may have dropped what this node still holds. */
  private Future<Optional<String>> orNear(
      String tenant, String id, String md5, Optional<String> found) {
    return found.isPresent()
        ? Future.succeededFuture(found)
        : near.digest(tenant, id)
            .map(here -> here.filter(own -> own.equals(md5) || md5.equals(id)));
  }

  /** Whether Redis has it; it is kept for another whole time to live then. */
  private Future<Boolean> use(String key) {
    return redis
        .send(Request.cmd(Command.PEXPIRE).arg(key).arg(ttlMillis))
        .map(answer -> answer.value().map(one -> one.toInteger() == 1).orElse(false));
  }

  private Future<Optional<Buffer>> fetch(String md5) {
    Future<Boolean> used = use(fileKey(md5));
    return redis
        .send(Request.cmd(Command.GET).arg(fileKey(md5)))
        .compose(answer -> used.map(any -> answer.value().map(reply -> reply.toBuffer())))
        .compose(found -> found.isPresent() ? verified(md5, found.get()) : empty());
  }

  /** Keeps it on this node too, and trusts nobody who can write to Redis. */
  private Future<Optional<Buffer>> verified(String md5, Buffer content) {
    return near.put("", md5, content)
        .otherwise(cause -> FileId.md5(content))
        .map(digest -> digest.equals(md5) ? Optional.of(content) : Optional.empty());
  }

  private static Future<Optional<Buffer>> empty() {
    return Future.succeededFuture(Optional.empty());
  }

  private String fileKey(String md5) {
    return prefix + "file:" + md5;
  }

  private String nameKey(String tenant, String id) {
    return prefix + "name:" + id + ":" + tenant;
  }
}
