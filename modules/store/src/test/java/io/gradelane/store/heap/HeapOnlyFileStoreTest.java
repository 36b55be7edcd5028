package io.gradelane.store.heap;

import io.gradelane.store.FileStore;
import io.gradelane.store.FileStoreContract;
import io.gradelane.testkit.SettableClock;
import java.time.Duration;

final class HeapOnlyFileStoreTest extends FileStoreContract {

  @Override
  protected FileStore open() {
    return HeapFileStore.inHeap(vertx, 4 << 20, Duration.ofDays(1), new SettableClock());
  }
}
