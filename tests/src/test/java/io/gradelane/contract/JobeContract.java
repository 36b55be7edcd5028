package io.gradelane.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.contract.Recordings.Program;
import io.gradelane.contract.Recordings.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite for anything that wants to be taken for a Jobe. A language that is not installed is skipped aloud; with
 * {@code -Dcontract.languages=all} it fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JobeContract {

  /** One program of each kind, for those who can't wait. */
  private static final Set<String> QUICK = Set.of(
      "py squares",
      "py syntax error",
      "py latin1 bytes",
      "py reads support file",
      "c hello",
      "c abort",
      "c binary out");

  /**
   * What is tested.
   *
   * @param name for the summary
   */
  public record Target(String name, String host, int port, KnownDifferences known) {}

  private Target target = new Target("nothing", "127.0.0.1", 1, KnownDifferences.none());

  /** Starts what is tested; called once, with an empty folder for its data. */
  protected abstract Target start(Path dir) throws Exception;

  protected abstract void stop() throws Exception;

  @BeforeAll
  final void startTarget(@TempDir Path dir) throws Exception {
    target = start(dir);
  }

  @AfterAll
  final void stopTarget() throws Exception {
    stop();
  }

  @Test
  void answersEveryProbeAsJobeDoes() throws Exception {
    List<Turn> probes = Recordings.probes();
    check(replay().turns("probes", probes));
  }

  @Test
  void holdsCodeRunnersConversation() throws Exception {
    check(replay().turns("CodeRunner requests", Recordings.codeRunner()));
  }

  @Test
  void runsAFewProgramsAsJobeDoes() throws Exception {
    List<Program> few = Recordings.programs().stream()
        .filter(program -> QUICK.contains(program.name()))
        .toList();
    assertThat(few).hasSameSizeAs(QUICK);
    check(replay().programs(few));
  }

  @Test
  @Tag("slow")
  void runsEveryProgramAsJobeDoes() throws Exception {
    check(replay().programs(Recordings.programs()));
  }

  private ConversationReplay replay() throws Exception {
    return new ConversationReplay(target.host(), target.port());
  }

  private void check(Tally tally) {
    System.out.println("[contract] " + target.name() + ": " + tally.summary(target.known()));
    assertThat(tally.unlisted(target.known()))
        .as("differences without a reason")
        .isEmpty();
    assertThat(tally.vanished(target.known()))
        .as("listed differences that have vanished")
        .isEmpty();
    if (System.getProperty("contract.languages", "").equals("all")) {
      assertThat(tally.skipped()).as("skipped for lack of a language").isEmpty();
    }
  }
}
