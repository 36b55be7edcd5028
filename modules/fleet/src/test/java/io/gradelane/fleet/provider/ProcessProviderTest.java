package io.gradelane.fleet.provider;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.Provider;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessProviderTest extends ProviderContract {

  @TempDir
  Path state;

  @Override
  Provider provider(String cluster) {
    return provider(cluster, "QuietServer");
  }

  private ProcessProvider provider(String cluster, String server) {
    return provider(cluster, server, InstantSource.system());
  }

  private ProcessProvider provider(String cluster, String server, InstantSource clock) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessProvider(
        vertx,
        state,
        cluster,
        List.of(java, "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ProcessProviderTest.class.getPackageName() + "." + server),
        clock);
  }

  @Test
  void aProcessThatWasKilledIsListedAsEndedUntilItIsTerminated() throws IOException {
    Provider provider = provider("one");
    get(provider.launch(new HostId("h1")));
    Eventually.await("up", () -> hasAddress(provider));

    process("one", "h1").orElseThrow().destroyForcibly();

    Eventually.await("missed", () -> listed(provider).getFirst().condition() == Condition.ENDED);
    get(provider.terminate(host("h1", "h1")));
    assertThat(listed(provider)).isEmpty();
    assertThat(state.resolve("one").resolve("h1")).doesNotExist();
  }

  @Test
  void whatHasEndedIsListedForAWhile() throws IOException {
    Provider provider = provider("one");
    get(provider.launch(new HostId("h1")));
    Eventually.await("up", () -> hasAddress(provider));
    get(provider.terminate(host("h1", "h1")));
    Eventually.await("ended", () -> living(provider).isEmpty());
    Instant ended = Instant.now();

    assertThat(listed(provider("one", "QuietServer", () -> ended.plusSeconds(500))))
        .hasSize(1);
    assertThat(listed(provider("one", "QuietServer", () -> ended.plusSeconds(601))))
        .isEmpty();
    assertThat(listed(provider)).isEmpty();
  }

  @Test
  void whoIsTheLastToLeaveEndsAllOfThemEvenThoseThatDoNotWantTo() throws IOException {
    ProcessProvider stubborn = provider("one", "StubbornServer");
    ProcessProvider quiet = provider("one", "QuietServer");
    get(quiet.attend());
    get(stubborn.launch(new HostId("h1")));
    get(quiet.launch(new HostId("h2")));
    Eventually.await(
        "both are up",
        () -> listed(quiet).stream().filter(one -> !one.address().isEmpty()).count() == 2);
    List<ProcessHandle> processes =
        List.of(process("one", "h1").orElseThrow(), process("one", "h2").orElseThrow());

    assertThat(get(quiet.endOwn())).containsExactlyInAnyOrder("h1", "h2");

    Eventually.await("ended", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(listed(quiet)).isEmpty();
  }

  @Test
  void whoLeavesOthersBehindLeavesTheHostsToThem() {
    ProcessProvider first = provider("one", "QuietServer");
    ProcessProvider second = provider("one", "QuietServer");
    get(first.attend());
    get(second.attend());
    get(first.launch(new HostId("h1")));

    assertThat(get(first.endOwn())).isEmpty();
    Eventually.await("still there", () -> hasAddress(second));
    assertThat(get(second.endOwn())).containsExactly("h1");
  }

  @Test
  void ofTwoThatLeaveAtTheSameMomentOneEndsTheHosts() {
    ProcessProvider first = provider("one", "QuietServer");
    ProcessProvider second = provider("one", "QuietServer");
    get(first.attend());
    get(second.attend());
    get(first.launch(new HostId("h1")));

    Future<Set<String>> one = first.endOwn();
    Future<Set<String>> other = second.endOwn();

    assertThat(List.of(get(one), get(other))).containsExactlyInAnyOrder(Set.of("h1"), Set.of());
    assertThat(listed(first)).isEmpty();
  }

  @Test
  void whoNeverAttendedEndsNothing() {
    Provider provider = provider("one");
    get(provider.launch(new HostId("h1")));

    assertThat(get(provider.endOwn())).isEmpty();
    Eventually.await("still there", () -> hasAddress(provider));
  }

  @Test
  void aProcessThatOnlyHasTheSameIdIsNeitherListedNorEnded() throws IOException {
    Path folder = Files.createDirectories(state.resolve("one").resolve("h1"));
    Files.writeString(
        folder.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
    Provider provider = provider("one");

    get(provider.terminate(host("h1", "h1")));
    get(provider.terminate(host("h1", "h1")));

    assertThat(listed(provider)).isEmpty();
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void oneThatDoesNotEndWhenAskedIsEndedWhenAskedAgain() throws IOException {
    ProcessProvider provider = provider("one", "StubbornServer");
    get(provider.launch(new HostId("h1")));
    Eventually.await("up", () -> hasAddress(provider));

    get(provider.terminate(host("h1", "h1")));
    assertThat(process("one", "h1")).isPresent();
    get(provider.terminate(host("h1", "h1")));

    Eventually.await("ended", () -> living(provider).isEmpty());
  }

  @Test
  void aFolderWhoseProcessHasNotBegunIsNotListedAndCanBeLaunched() throws IOException {
    Files.createDirectories(state.resolve("one").resolve("h1"));
    Provider provider = provider("one");

    assertThat(listed(provider)).isEmpty();
    get(provider.launch(new HostId("h1")));
    Eventually.await("listed", () -> refs(provider, "h1").equals(List.of("h1")));
  }

  private static boolean hasAddress(Provider provider) {
    return listed(provider).stream().map(Listed::address).anyMatch(at -> !at.isEmpty());
  }

  private Optional<ProcessHandle> process(String cluster, String token) throws IOException {
    String pid =
        Files.readString(state.resolve(cluster).resolve(token).resolve("pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid));
  }
}
