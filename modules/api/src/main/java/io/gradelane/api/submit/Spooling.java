package io.gradelane.api.submit;

import io.gradelane.api.http.BodySink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes an upload to its file and has it checked while it comes, aside from the event loop, so that little is left to do
 * behind its last byte. What comes meanwhile is gathered. Belongs to one context.
 */
final class Spooling implements BodySink {

  private static final int MOST_BYTES = 1 << 20;

  private final Vertx vertx;
  private final SpoolFile file;
  private final UploadCheck check;
  private Buffer gathered = Buffer.buffer();
  private Promise<Void> taken = Promise.promise();
  private Future<Void> working = Future.succeededFuture();
  private @Nullable Runnable onRoom;

  Spooling(Vertx vertx, SpoolFile file, UploadCheck check) {
    this.vertx = vertx;
    this.file = file;
    this.check = check;
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    gathered.appendBuffer(chunk);
    Future<Void> mine = taken.future();
    work();
    return mine;
  }

  @Override
  public boolean isFull() {
    return gathered.length() >= MOST_BYTES;
  }

  @Override
  public void onRoom(Runnable then) {
    onRoom = then;
  }

  /** All has been written: what was found. Fails with {@link Unfit}. */
  Future<UploadCheck.Good> end() {
    return finished().compose(all -> vertx.executeBlocking(check::end, false));
  }

  /** Ends when nothing is written any more. Never fails. */
  Future<Void> close() {
    return finished()
        .otherwiseEmpty()
        .compose(rest -> vertx.executeBlocking(
            () -> {
              file.close();
              return null;
            },
            false));
  }

  private Future<Void> finished() {
    Future<Void> last = working;
    return last.compose(done -> last.equals(working) ? Future.succeededFuture() : finished());
  }

  private void work() {
    if (!working.isComplete() || working.failed() || gathered.length() == 0) {
      return;
    }
    byte[] bytes = gathered.getBytes();
    Promise<Void> mine = taken;
    gathered = Buffer.buffer();
    taken = Promise.promise();
    working = vertx.executeBlocking(() -> take(bytes), false);
    working.onComplete(mine).onComplete(done -> {
      work();
      makeRoom();
    });
  }

  private Void take(byte[] bytes) throws IOException {
    file.append(bytes);
    check.add(bytes);
    return null;
  }

  private void makeRoom() {
    Runnable then = onRoom;
    onRoom = null;
    if (then != null) {
      then.run();
    }
  }
}
