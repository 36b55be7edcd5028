package io.gradelane.api.submit;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes in what comes line by line: the head first ({@code {"lane", "name", "template", …}}), then one job a line ({@code
 * {"ref", "run_spec"}}). It is checked and goes to a file as it comes; only when all of it is there and every line was
 * found good, it is read again, to be kept. So neither a slow client nor a great batch costs memory, or a transaction that stays open.
 */
public final class Uploads {

  private final Vertx vertx;
  private final HeadReader heads;
  private final Path folder;
  private final long maxBytes;
  private final int maxLine;

  /**
   * @param dataDir of this node
   * @param maxBytes of one upload
   * @param maxLine most bytes of one line
   */
  public Uploads(Vertx vertx, HeadReader heads, Path dataDir, long maxBytes, long maxLine) {
    this.vertx = vertx;
    this.heads = heads;
    this.maxBytes = maxBytes;
    this.maxLine = (int) Math.min(maxLine, Integer.MAX_VALUE / 2);
    folder = folder(dataDir);
  }

  private static Path folder(Path dataDir) {
    return dataDir.resolve("uploads");
  }

  /** Removes what was left by a node that was killed in the middle. To be called before anything is taken in. */
  public static Future<Void> sweep(Vertx vertx, Path dataDir) {
    return vertx.executeBlocking(
        () -> {
          sweep(folder(dataDir));
          return null;
        },
        false);
  }

  private static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SpoolFile.SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Fails with {@link Unfit}, or otherwise when the caller has been told already, or when it can't be written. */
  public Future<Submission> receive(Exchange exchange, Tenant tenant) {
    exchange.request().pause();
    return SpoolFile.create(vertx, folder)
        .compose(file -> fill(file, exchange, tenant)
            .map(good -> submission(file, good))
            .recover(failure -> file.delete().transform(deleted -> Future.failedFuture(failure))));
  }

  private Future<UploadCheck.Good> fill(SpoolFile file, Exchange exchange, Tenant tenant) {
    UploadCheck check = new UploadCheck(heads, tenant, maxLine);
    Spooling spooling = new Spooling(vertx, file, check);
    return exchange
        .pipeBody(maxBytes, spooling)
        .compose(piped -> spooling.end())
        .eventually(spooling::close);
  }

  private Submission submission(SpoolFile file, UploadCheck.Good good) {
    SpooledJobs jobs = new SpooledJobs(vertx, file, maxLine, good.template());
    return new Submission(
        good.head(), good.runs(), good.digest(), jobs, () -> jobs.close().eventually(file::delete));
  }
}
