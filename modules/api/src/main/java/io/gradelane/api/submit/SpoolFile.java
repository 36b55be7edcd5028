package io.gradelane.api.submit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** An upload on the disk of its node, as it came. Nobody else may read it: it holds students' code. */
final class SpoolFile {

  static final String SUFFIX = ".ndjson";

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Vertx vertx;
  private final Path path;
  private final OutputStream out;

  private SpoolFile(Vertx vertx, Path path, OutputStream out) {
    this.vertx = vertx;
    this.path = path;
    this.out = out;
  }

  static Future<SpoolFile> create(Vertx vertx, Path folder) {
    Path path = folder.resolve(UUID.randomUUID() + SUFFIX);
    return vertx
        .executeBlocking(
            () -> {
              Files.createDirectories(folder);
              return Channels.newOutputStream(Files.newByteChannel(path, NEW, OURS));
            },
            false)
        .map(out -> new SpoolFile(vertx, path, out));
  }

  /** Blocks. */
  void append(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Nothing more is appended. Blocks. */
  void close() throws IOException {
    out.close();
  }

  /** From its beginning. Blocks. */
  InputStream read() throws IOException {
    return Files.newInputStream(path);
  }

  Future<Void> delete() {
    return vertx.fileSystem().delete(path.toString());
  }
}
