package io.gradelane.fleet.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttendanceTest {

  @TempDir
  Path parent;

  @Test
  void whoIsAloneIsTheLast() throws IOException {
    Attendance one = come();

    assertThat(one.leave()).isTrue();
    assertThat(folder()).doesNotExist();
    assertThat(one.leave()).isFalse();
  }

  @Test
  void onlyTheLastIsTheLast() throws IOException {
    Attendance first = come();
    Attendance second = come();
    Attendance third = come();

    assertThat(second.leave()).isFalse();
    assertThat(first.leave()).isFalse();
    first.come();
    assertThat(third.leave()).isFalse();
    assertThat(first.leave()).isTrue();
  }

  @Test
  void whoHasNotComeIsNotTheLast() throws IOException {
    assertThat(new Attendance(folder()).leave()).isFalse();
  }

  @Test
  void whoEndedWithoutLeavingIsNotWaitedFor() throws IOException {
    Attendance one = come();
    Files.writeString(folder().resolve("of one that was killed"), "");

    assertThat(one.leave()).isTrue();
  }

  @Test
  void ofThoseThatLeaveAtTheSameMomentExactlyOneIsTheLast() throws Exception {
    int many = 4;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      for (int round = 0; round < 100; round++) {
        CyclicBarrier ready = new CyclicBarrier(many);
        List<Callable<Boolean>> leaving = new ArrayList<>();
        for (int i = 0; i < many; i++) {
          Attendance one = come();
          leaving.add(() -> {
            ready.await(20, TimeUnit.SECONDS);
            return one.leave();
          });
        }
        int last = 0;
        for (Future<Boolean> left : threads.invokeAll(leaving, 60, TimeUnit.SECONDS)) {
          last += left.get() ? 1 : 0;
        }
        assertThat(last).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Attendance come() throws IOException {
    Attendance one = new Attendance(folder());
    one.come();
    return one;
  }

  private Path folder() {
    return parent.resolve("nodes");
  }
}
