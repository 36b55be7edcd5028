package io.gradelane.api.submit;

import io.gradelane.api.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** An upload on the disk of its node, as it came. Nobody else may read it: it holds students' code. */
final class SpoolFile {

  static final String SUFFIX = ".ndjson";

  private static final OpenOptions NEW =
      new OpenOptions().setCreateNew(true).setRead(false).setWrite(true).setPerms("rw-------");

  private final Vertx vertx;
  private final Path path;
  private final AsyncFile file;

  private SpoolFile(Vertx vertx, Path path, AsyncFile file) {
    this.vertx = vertx;
    this.path = path;
    this.file = file;
  }

  static Future<SpoolFile> create(Vertx vertx, Path folder) {
    Path path = folder.resolve(UUID.randomUUID() + SUFFIX);
    return vertx
        .fileSystem()
        .mkdirs(folder.toString())
        .compose(made -> vertx.fileSystem().open(path.toString(), NEW))
        .map(file -> new SpoolFile(vertx, path, file));
  }

  /** Takes the whole body in. */
  Future<Void> fill(Exchange exchange, long maxBytes) {
    return exchange
        .pipeBody(maxBytes, file)
        .transform(piped -> file.close()
            .compose(closed ->
                piped.succeeded() ? Future.succeededFuture() : Future.failedFuture(piped.cause())));
  }

  /** From its beginning. Blocks. */
  InputStream read() throws IOException {
    return Files.newInputStream(path);
  }

  Future<Void> delete() {
    return vertx.fileSystem().delete(path.toString());
  }
}
