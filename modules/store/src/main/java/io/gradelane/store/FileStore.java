package io.gradelane.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Keeps the files that clients put, by the MD5 of their content, and each tenant's own names for them.
 *
 * <p>Content is immutable under its digest, so nobody can replace anybody's file. A name is an alphanumeric id that a
 * tenant chose; for an honest CodeRunner it equals the digest, and then needs no entry. Files may vanish at any time
 * (limits, age): clients put them again when they are told 404.
 */
public interface FileStore {

  /**
   * Keeps {@code content} and lets {@code tenant} call it {@code id}.
   *
   * @return the content's MD5, lower-case hex
   */
  Future<String> put(String tenant, String id, Buffer content);

  /** The MD5 of what {@code tenant} calls {@code id}, if it is here. Counts as a use. */
  Future<Optional<String>> digest(String tenant, String id);

  /** The content with this MD5, if it is here. Counts as a use. */
  Future<Optional<Buffer>> content(String md5);

  /** From now on {@code tenant} calls the content with that digest {@code id}, whether it is here or not. */
  Future<Void> name(String tenant, String id, String md5);

  /** Releases what it holds. Safe twice. */
  Future<Void> close();
}
