package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir
  Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aNewKeyComesWithTheEntryThatBelongsToIt() {
    assertThat(run("key", "new", "moodle")).isZero();

    String key = found("(?m)^ +(gl_[0-9a-f]{48})$");
    assertThat(out.toString())
        .contains("- name: moodle")
        .contains("sha256: \"" + KeyCommand.sha256(key) + "\"");
  }

  @Test
  void noKeyIsMadeTwice() {
    run("key", "new", "a");
    run("key", "new", "a");

    Matcher keys = Pattern.compile("gl_[0-9a-f]+").matcher(out.toString());
    assertThat(keys.results().map(key -> key.group()).distinct()).hasSize(2);
  }

  @Test
  void theEntryOfANewKeyIsAcceptedByTheConfiguration() throws IOException {
    run("key", "new", "moodle");
    String entry =
        out.toString().lines().dropWhile(line -> !line.contains("- name")).toList().stream()
            .reduce("", (text, line) -> text + line + "\n");
    Path file = Files.writeString(folder.resolve("g.yaml"), "access:\n  keys:\n" + entry);

    assertThat(run("config", "check", "--config", file.toString())).isZero();
    assertThat(out.toString()).contains("keys     1");
  }

  @Test
  void aWrongNameOfAKeyIsWrongUsage() {
    assertThat(run("key", "new", "a b")).isEqualTo(2);
    assertThat(err.toString()).contains("NAME: 'a b' (expected: letters, digits, dots and dashes)");
  }

  @Test
  void configCheckTellsEveryProblemAndEndsWithTwo() throws IOException {
    Path file = Files.writeString(folder.resolve("g.yaml"), "http: {port: many}\nhtp: {}\n");

    assertThat(run("config", "check", "-c", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("gradelane: the configuration " + file + " has 2 problems:")
        .contains("  http.port: many (expected: a whole number from 0 to 65535), line 1")
        .contains("  htp: unknown key (expected: http), line 2");
  }

  @Test
  void theConfigurationCanBeNamedByAVariable() throws IOException {
    Path file = Files.writeString(folder.resolve("g.yaml"), "http: {port: 4711}\n");
    environment.put("GRADELANE_CONFIG", file.toString());

    assertThat(run("config", "check")).isZero();
    assertThat(out.toString())
        .contains("configuration is fine: " + file)
        .contains("127.0.0.1:4711");
  }

  @Test
  void upWithAWrongConfigurationStartsNothing() {
    environment.put("GRADELANE_HTTP_HOST", "0.0.0.0");

    assertThat(run("up")).isEqualTo(2);
    assertThat(err.toString()).contains("http.host: 0.0.0.0 (expected: a loopback address");
  }

  @Test
  void aPortInUseIsOneLineThatNamesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("GRADELANE_HTTP_PORT", String.valueOf(taken.getLocalPort()));
      environment.put("GRADELANE_SERVERS", "http://127.0.0.1:9");
      environment.put("GRADELANE_DATA_DIR", folder.toString());

      assertThat(run("up")).isEqualTo(1);
      assertThat(err.toString().strip())
          .isEqualTo(
              "gradelane: can't start: api: port " + taken.getLocalPort()
                  + " of 127.0.0.1 is in use; stop what listens there, or choose another with http.port or GRADELANE_HTTP_PORT");
    }
  }

  @Test
  void aDataFolderThatCanNotBeMadeIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    environment.put("GRADELANE_DATA_DIR", file.toString());

    assertThat(run("up")).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .isEqualTo("gradelane: can't start: data.dir: " + file + ": is no folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"up", "sandbox", "cluster", "fleet", "config", "key", "version", "calibrate"})
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: gradelane " + command);
  }

  @Test
  void aServerThatCanNotBeMeasuredIsNamed() {
    assertThat(run("calibrate", "http://127.0.0.1:9")).isEqualTo(1);
    assertThat(err.toString()).contains("gradelane: http://127.0.0.1:9 can't be measured: refused");
  }

  @Test
  void aSandboxOfNoSlotsIsWrongUsage() {
    assertThat(run("sandbox", "--port", "0", "--slots", "0")).isEqualTo(2);
    assertThat(run("sandbox", "--port", "0", "--slots", "65")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--slots: '0' (expected: 1 to 64)")
        .contains("--slots: '65' (expected: 1 to 64)");
  }

  @Test
  void anUnknownCommandIsWrongUsage() {
    assertThat(run("upp")).isEqualTo(2);
    assertThat(err.toString()).contains("upp");
  }

  private int run(String... arguments) {
    environment.putIfAbsent("GRADELANE_HOME", folder.toString());
    CommandLine line = Main.commandLine(environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private String found(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(out.toString());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
