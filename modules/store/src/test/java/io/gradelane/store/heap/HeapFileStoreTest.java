package io.gradelane.store.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.store.FileId;
import io.gradelane.store.FileStore;
import io.gradelane.store.FileStoreContract;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeapFileStoreTest extends FileStoreContract {

  private static final Duration TTL = Duration.ofHours(2);

  @TempDir
  Path directory;

  private final SettableClock clock = new SettableClock();

  @Override
  protected FileStore open() {
    return open(1 << 20, 4 << 20);
  }

  @Test
  void findsItsFilesAfterARestart() {
    String md5 = put("a", "name", "hello");
    reopen(1 << 20, 4 << 20);
    assertThat(content(md5)).contains(Buffer.buffer("hello"));
    assertThat(digest("a", md5)).contains(md5);
    assertThat(digest("a", "name")).isEmpty();
  }

  @Test
  void leavesNothingUnfinishedAndIgnoresStrangers() throws IOException {
    String md5 = put("a", "name", "hello");
    Path folder = directory.resolve(md5.substring(0, 2));
    Files.writeString(folder.resolve("00000000000000000000000000000000.tmp"), "half");
    Files.writeString(folder.resolve("README"), "not ours");
    reopen(1 << 20, 4 << 20);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(md5, "README");
    }
  }

  @Test
  void forgetsAFileThatNobodyUsedForItsTimeToLive() throws IOException {
    String used = put("a", "used", "used");
    String unused = put("a", "unused", "unused");
    clock.advance(TTL.minusMinutes(1));
    assertThat(digest("a", "used")).contains(used);
    clock.advance(Duration.ofMinutes(2));
    assertThat(content(used)).isPresent();
    assertThat(digest("a", "used")).contains(used);
    assertThat(content(unused)).isEmpty();
    assertThat(digest("a", "unused")).isEmpty();
    put("a", "next", "makes room first");
    assertThat(filesOnDisk()).containsKeys(used).doesNotContainKeys(unused);
  }

  @Test
  void aUseCountsBeyondARestart() {
    String used = put("a", "used", "used");
    String unused = put("a", "unused", "unused");
    clock.advance(TTL.minusMinutes(1));
    assertThat(content(used)).isPresent();
    reopen(1 << 20, 4 << 20);
    clock.advance(Duration.ofMinutes(2));
    assertThat(content(used)).isPresent();
    assertThat(content(unused)).isEmpty();
  }

  @Test
  void aFileTooLargeForTheHeapComesFromDisk() {
    Buffer large = Buffer.buffer(new byte[2 << 20]);
    String md5 = Blocking.get(store.put("a", "large", large));
    assertThat(content(md5)).contains(large);
    assertThat(heap().heapBytes()).isLessThan(1 << 20);
  }

  @Test
  void saysSoWhenAFileFitsNowhere() {
    Buffer huge = Buffer.buffer(new byte[5 << 20]);
    assertThatThrownBy(() -> Blocking.get(store.put("a", "huge", huge)))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no room for the file " + FileId.md5(huge));
  }

  @Test
  void dropsAFileThatWasSpoiltOnDisk() throws IOException {
    String md5 = put("a", "name", "hello");
    Files.writeString(directory.resolve(md5.substring(0, 2)).resolve(md5), "jello");
    reopen(1 << 20, 4 << 20);
    assertThat(content(md5)).isEmpty();
    assertThat(digest("a", md5)).isEmpty();
  }

  @Test
  void goesOnInItsHeapWhenTheDiskFails() throws IOException {
    String md5 = FileId.md5(Buffer.buffer("hello"));
    Files.writeString(directory.resolve(md5.substring(0, 2)), "a file where a folder should be");
    assertThat(put("a", md5, "hello")).isEqualTo(md5);
    assertThat(content(md5)).contains(Buffer.buffer("hello"));
  }

  @Test
  void refusesADirectoryThatItCanNotUse() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> Blocking.get(HeapFileStore.open(vertx, file, 1, 1, TTL, clock)))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverHoldsMoreThanItMay(long seed) throws IOException {
    Random random = new Random(seed);
    int heapBytes = 2_000 + random.nextInt(60_000);
    int diskBytes = 8_192 + random.nextInt(200_000);
    reopen(heapBytes, diskBytes);
    Map<String, Buffer> model = new HashMap<>();
    List<Future<String>> puts = new ArrayList<>();
    for (int step = 0; step < 150; step++) {
      byte[] bytes = new byte[size(random, heapBytes, diskBytes)];
      random.nextBytes(bytes);
      Buffer content = Buffer.buffer(bytes);
      model.put(FileId.md5(content), content);
      puts.add(store.put("t" + random.nextInt(3), "id" + random.nextInt(40), content));
      if (random.nextInt(10) == 0) {
        clock.advance(Duration.ofMinutes(random.nextInt(60)));
      }
      if (random.nextInt(4) == 0) {
        settle(puts);
        assertWithinLimits(heapBytes, diskBytes);
        model.forEach(
            (md5, expected) -> assertThat(content(md5).orElse(expected)).isEqualTo(expected));
      }
    }
    assertThat(puts).anyMatch(Future::succeeded);
  }

  private void assertWithinLimits(int heapBytes, int diskBytes) throws IOException {
    assertThat(heap().heapBytes()).isLessThanOrEqualTo(heapBytes);
    assertThat(heap().diskBytes()).isLessThanOrEqualTo(diskBytes);
    assertThat(filesOnDisk().values().stream().mapToLong(Long::longValue).sum())
        .isLessThanOrEqualTo(diskBytes);
  }

  /** All puts are through, and what they and earlier uses left to the one writer as well. */
  private void settle(List<Future<String>> puts) {
    Blocking.get(Future.join(puts).otherwiseEmpty());
    put("settle", "settle", "settled");
  }

  private static int size(Random random, int heapBytes, int diskBytes) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextInt(Math.max(heapBytes, diskBytes) + 1000);
      case 2 -> Math.max(0, heapBytes - 300 + random.nextInt(100));
      default -> random.nextInt(Math.min(heapBytes, diskBytes) / 4);
    };
  }

  private HeapFileStore heap() {
    return (HeapFileStore) store;
  }

  private HeapFileStore open(long heapBytes, long diskBytes) {
    return Blocking.get(HeapFileStore.open(vertx, directory, heapBytes, diskBytes, TTL, clock));
  }

  private void reopen(long heapBytes, long diskBytes) {
    Blocking.get(store.close());
    store = open(heapBytes, diskBytes);
  }

  private Map<String, Long> filesOnDisk() throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        sizes.put(path.getFileName().toString(), Files.size(path));
      }
    }
    return sizes;
  }
}
