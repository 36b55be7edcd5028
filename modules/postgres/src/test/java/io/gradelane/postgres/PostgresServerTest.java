package io.gradelane.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @TempDir
  Path folder;

  @Test
  void startsFromItsPackageStopsAndComesBackWithItsData() throws Exception {
    Executables packaged = Executables.embedded(folder);
    assertThat(packaged.origin()).startsWith("packaged");
    PostgresServer first = PostgresServer.start(packaged, folder);
    String password = first.password();
    assertThat(answers(first)).isTrue();
    first.close();
    first.close();
    assertThat(answers(first)).isFalse();

    PostgresServer again = PostgresServer.start(Executables.embedded(folder), folder);
    try {
      assertThat(answers(again)).isTrue();
      assertThat(again.password()).isEqualTo(password).hasSize(48);
      assertThat(PosixFilePermissions.toString(
              Files.getPosixFilePermissions(folder.resolve("password"))))
          .isEqualTo("rw-------");
    } finally {
      again.close();
    }
  }

  @Test
  void oneThatWasLeftBehindIsTakenOver() throws Exception {
    Executables executables = Executables.embedded(folder);
    PostgresServer left = PostgresServer.start(executables, folder);
    PostgresServer taken = PostgresServer.start(executables, folder);
    try {
      assertThat(taken.port()).isEqualTo(left.port());
    } finally {
      taken.close();
    }
    assertThat(answers(left)).isFalse();
  }

  @Test
  void aKilledOneIsRevivedOnItsPort() throws Exception {
    PostgresServer server = PostgresServer.start(Executables.embedded(folder), folder, "fsync=off");
    try {
      int port = server.port();
      server.kill();
      assertThat(answers(server)).isFalse();
      server.revive();
      assertThat(server.port()).isEqualTo(port);
      assertThat(answers(server)).isTrue();
    } finally {
      server.close();
    }
  }

  @Test
  void whatIsUnpackedAlreadyIsLeftAlone() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    assertThat(Unpacking.into(home, new ByteArrayInputStream(new byte[0]))).isEqualTo(home);
  }

  private static boolean answers(PostgresServer server) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
