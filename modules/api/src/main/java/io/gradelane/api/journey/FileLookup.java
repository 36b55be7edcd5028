package io.gradelane.api.journey;

import io.gradelane.api.access.Tenant;
import io.gradelane.jobe.wire.FileRef;
import io.gradelane.store.FileStore;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a tenant calls by the ids in a run's file list. */
final class FileLookup {

  private final FileStore files;

  FileLookup(FileStore files) {
    this.files = files;
  }

  /** All of them, or nothing: a file that is not here makes the client put them again. */
  Future<Optional<FileSet>> find(Tenant tenant, List<FileRef> wanted) {
    List<String> ids = wanted.stream().map(FileRef::id).distinct().toList();
    List<Future<Optional<String>>> digests = new ArrayList<>();
    ids.forEach(id -> digests.add(digest(tenant, id)));
    return Future.all(digests).map(found -> gather(ids, found));
  }

  /** A store that is away is a store that lacks the file: the run goes on after one more upload. */
  private Future<Optional<String>> digest(Tenant tenant, String id) {
    return files.digest(tenant.name(), id).otherwise(Optional.empty());
  }

  private static Optional<FileSet> gather(List<String> ids, CompositeFuture found) {
    Map<String, String> md5ById = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      Optional<String> md5 = found.resultAt(i);
      if (md5.isEmpty()) {
        return Optional.empty();
      }
      md5ById.put(ids.get(i), md5.get());
    }
    return Optional.of(new FileSet(md5ById));
  }
}
