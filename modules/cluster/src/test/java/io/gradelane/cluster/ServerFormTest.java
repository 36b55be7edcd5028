package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerWord;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerFormTest {

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.000006Z");

  /** What 0.1 writes: every later version must read it. */
  private static final String RECORDED =
      "01000000000000000700000002733100000010687474703a2f2f6a6f62653a343030300100000003"
          + "6b657900000006000000033ff80000000000000000000100000004726f6f6d00000002c3a9010000"
          + "0000695735a50000177000000002000000000000000100000001630000000431332e320000000273"
          + "3100000010687474703a2f2f6a6f62653a3430303001000000036b657900000008000000043ff000"
          + "00000000000000000100000004726f6f6d00000002c3a9";

  private static ServerSpec spec(int slots, double weight) {
    return new ServerSpec(
        "s1", URI.create("http://jobe:4000"), "key", slots, slots / 2, weight, Map.of("room", "é"));
  }

  private static ServerEntry entry(ServerState state) {
    return new ServerEntry(spec(6, 1.5), state, Map.of("c", "13.2"), 7, spec(8, 1), null);
  }

  static List<ServerState> states() {
    return List.of(
        new ServerState.Unknown(THEN),
        new ServerState.Ready(THEN, 2),
        new ServerState.Suspect("a probe failed: ü", THEN, 1),
        new ServerState.Down("refused", THEN, 3),
        new ServerState.Warming(THEN, 4),
        new ServerState.Draining(THEN),
        new ServerState.Drained(THEN));
  }

  @ParameterizedTest
  @MethodSource("states")
  void whatWasWrittenIsRead(ServerState state) {
    byte[] bytes = ServerForm.write(entry(state));

    assertThat(ServerForm.read(bytes)).isEqualTo(entry(state));
    assertThat(ServerForm.version(bytes)).isEqualTo(7);
  }

  @Test
  void anOperatorsWordStandsInIt() {
    ServerState ready = new ServerState.Ready(THEN);
    for (ServerWord word : List.of(
        new ServerWord(1_772_360_130_123L, true, 0.5, 16, 6),
        new ServerWord(7, false, null, null, null))) {
      ServerEntry said = entry(ready).saying(word, ready);

      assertThat(ServerForm.read(ServerForm.write(said))).isEqualTo(said);
    }
  }

  @Test
  void everyStateThereIsHasAForm() {
    assertThat(states().stream().map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ServerState.class.getPermittedSubclasses()).toList());
  }

  @Test
  void whatALaterVersionAppendsIsIgnored() {
    byte[] bytes = ServerForm.write(entry(new ServerState.Ready(THEN)));

    byte[] longer = Arrays.copyOf(bytes, bytes.length + 40);

    assertThat(ServerForm.read(longer)).isEqualTo(entry(new ServerState.Ready(THEN)));
  }

  @Test
  void aStateOfALaterVersionIsUnknown() {
    byte[] bytes = ServerForm.write(entry(new ServerState.Drained(THEN)));
    bytes[stateAt()] = 99;

    assertThat(ServerForm.read(bytes).state()).isEqualTo(new ServerState.Unknown(THEN));
  }

  @Test
  void whatEndsTooEarlyIsNoEntry() {
    byte[] bytes = ServerForm.write(entry(new ServerState.Ready(THEN)));

    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> ServerForm.read(torn));
    }
  }

  @Test
  void theFormStaysAsItWasReleased() {
    String bytes =
        HexFormat.of().formatHex(ServerForm.write(entry(new ServerState.Ready(THEN, 2))));

    assertThat(bytes).isEqualTo(RECORDED);
  }

  /** Where the states of two entries that differ in nothing else begin to differ. */
  private static int stateAt() {
    return Arrays.mismatch(
        ServerForm.write(entry(new ServerState.Draining(THEN))),
        ServerForm.write(entry(new ServerState.Drained(THEN))));
  }
}
