package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {

  @Test
  void keepsFilesOverARestart(@TempDir Path dir) throws IOException {
    FileCache.open(dir, 100).put("abc", Buffer.buffer("hello"));
    FileCache reopened = FileCache.open(dir, 100);
    assertThat(reopened.has("abc")).isTrue();
    assertThat(Files.readString(reopened.path("abc"))).isEqualTo("hello");
  }

  @Test
  void replacesAFileUnderItsId(@TempDir Path dir) throws IOException {
    FileCache cache = FileCache.open(dir, 100);
    cache.put("abc", Buffer.buffer("one"));
    cache.put("abc", Buffer.buffer("two"));
    assertThat(Files.readString(cache.path("abc"))).isEqualTo("two");
    assertThat(dir).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void dropsWhatWasUsedLongestAgo(@TempDir Path dir) throws IOException {
    FileCache cache = FileCache.open(dir, 10);
    cache.put("a", Buffer.buffer("1234"));
    cache.put("b", Buffer.buffer("1234"));
    assertThat(cache.path("a")).exists();
    cache.put("c", Buffer.buffer("1234"));
    assertThat(cache.has("a")).isTrue();
    assertThat(cache.has("b")).isFalse();
    assertThat(dir.resolve("b")).doesNotExist();
  }

  @Test
  void countsAReplacedFileOnce(@TempDir Path dir) throws IOException {
    FileCache cache = FileCache.open(dir, 10);
    for (int i = 0; i < 5; i++) {
      cache.put("a", Buffer.buffer("123456"));
    }
    cache.put("b", Buffer.buffer("1234"));
    assertThat(cache.has("a")).isTrue();
  }

  @Test
  void failsForANameThatNoDiskTakes(@TempDir Path dir) throws IOException {
    FileCache cache = FileCache.open(dir, 10);
    assertThatThrownBy(() -> cache.put("a".repeat(300), Buffer.buffer("x")))
        .isInstanceOf(IOException.class);
    assertThat(dir).isEmptyDirectory();
  }
}
