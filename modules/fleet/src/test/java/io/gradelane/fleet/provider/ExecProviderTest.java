package io.gradelane.fleet.provider;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.LaunchRefused;
import io.gradelane.fleet.Provider;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator's commands as shell scripts: an account is a folder, a host is a file in it. */
final class ExecProviderTest extends ProviderContract {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String READ = """
      input=$(cat)
      field() { printf '%s' "$input" | sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p"; }
      cluster=$(field cluster); token=$(field token); ref=$(field ref)
      mkdir -p "$account/$cluster"
      """;

  private static final String LAUNCH = """
      echo "$token" > "$account/$cluster/i-$token"
      printf '{"ref":"i-%s","token":"%s"}' "$token" "$token"
      """;

  private static final String LIST = """
      printf '{"complete":true,"hosts":['
      comma=
      for file in "$account/$cluster"/i-*; do
        [ -f "$file" ] || continue
        printf '%s{"ref":"%s","token":"%s","address":"http://h"}' "$comma" "$(basename "$file")" "$(cat "$file")"
        comma=,
      done
      printf ']}'
      """;

  private static final String TERMINATE = "[ -z \"$ref\" ] || rm -f \"$account/$cluster/$ref\"\n";

  @TempDir
  Path folder;

  @Override
  Provider provider(String cluster) throws IOException {
    return provider(cluster, LAUNCH, LIST, SOON);
  }

  private Provider provider(String cluster, String launch, String list, Duration most)
      throws IOException {
    return new ExecProvider(
        vertx,
        cluster,
        script("launch", launch),
        script("list", list),
        script("terminate", TERMINATE),
        most);
  }

  private List<String> script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "account=" + folder.resolve("account") + "\n" + READ + text);
    return List.of("sh", file.toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      echo '{"hosts":[]}'                            | sh: no "complete": true in its answer
      echo '{"complete":"true","hosts":[]}'          | sh: no "complete": true in its answer
      """)
  void anAnswerThatDoesNotSayThatItIsCompleteIsNone(String list, String why) throws IOException {
    Listing listing = get(provider("one", LAUNCH, list, SOON).list());

    assertThat(listing).isEqualTo(new Listing.Failed(why));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"ref":"i"}                                    | SOUND
      {"ref":"i","broken":true}                      | BROKEN
      {"ref":"i","broken":true,"ended":true}         | ENDED
      """)
  void aListingTellsTheConditionOfEachHost(String host, Condition condition) throws IOException {
    String list = "echo '{\"complete\":true,\"hosts\":[" + host + "]}'\n";

    assertThat(listed(provider("one", LAUNCH, list, SOON)))
        .extracting(Listed::condition)
        .containsExactly(condition);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      echo quota >&2; exit 3                         | sh: exit 3: quota
      echo nonsense                                  | sh: its answer is not a JSON object
      echo '{"complete":true,"hosts":[{"token":"x"}]}' | sh: host {"token":"x"} (expected: a ref)
      """)
  void aListingThatWentWrongFailsWithWords(String list, String why) throws IOException {
    assertThat(failure(provider("one", LAUNCH, list, SOON).list())).hasMessage(why);
  }

  @Test
  void aCommandThatTakesTooLongIsKilledWithWhatItHasStarted() throws IOException {
    Path pid = folder.resolve("child");
    Path list = folder.resolve("endless");
    Files.writeString(list, "sleep 60 & echo $! > " + pid + "; wait\n");
    List<String> endless = List.of("sh", list.toString());

    Throwable failure = failure(
        new ExecProvider(vertx, "one", endless, endless, endless, Duration.ofSeconds(3)).list());

    assertThat(failure).hasMessage("sh: not done within 3 s");
    long child = Long.parseLong(Files.readString(pid).strip());
    Eventually.await(
        "child ended",
        () -> ProcessHandle.of(child).filter(ExecProviderTest::runs).isEmpty());
  }

  /** One that nobody has collected yet is still there, without a command line. */
  private static boolean runs(ProcessHandle handle) {
    return handle.isAlive() && handle.info().commandLine().isPresent();
  }

  @Test
  void exitTenMeansThatNothingWasStarted() throws IOException {
    String launch = "echo 'no room' >&2; exit 10\n";

    Throwable failure = failure(provider("one", launch, LIST, SOON).launch(new HostId("h1")));

    assertThat(failure).isInstanceOf(LaunchRefused.class).hasMessage("sh: no room");
  }

  @Test
  void anyOtherExitMeansThatNobodyKnows() throws IOException {
    Throwable failure = failure(provider("one", "exit 1\n", LIST, SOON).launch(new HostId("h1")));

    assertThat(failure).isNotInstanceOf(LaunchRefused.class).hasMessage("sh: exit 1: ");
  }

  private static Throwable failure(Future<?> future) {
    return get(future
        .<Throwable>map(done -> new AssertionError("it succeeded: " + done))
        .recover(Future::succeededFuture));
  }
}
