package io.gradelane.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.BusMessage;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.ownership.PeerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was once sent can be read for ever, and is sent alike: the bytes of a message of every kind are kept in {@code
 * wire/v1}. A new kind is recorded once, with {@code -Dwire.record=true}; a file that is there is never written again.
 */
class RecordedBytesTest {

  private static final Path RECORDED = Path.of("src/test/resources/wire/v" + Wire.VERSION);
  private static final int BYTES_PER_LINE = 40;

  @Test
  void everyKindOfMessageHasASample() {
    Set<Class<?>> sampled = Samples.ALL.stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(messages()).isSubsetOf(Wire.kinds()).isEqualTo(sampled);
  }

  @Test
  void everyPartThatIsOneOfSeveralKindsStandsInASample() {
    String all = Samples.ALL.toString();

    assertThat(Wire.kinds()).allSatisfy(kind -> assertThat(all).contains(kind.getSimpleName()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatWasRecordedIsRead(Object sample) throws IOException {
    assertThat(Wire.decode(recorded(sample))).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsSentIsAsItWasRecorded(Object sample) throws IOException {
    assertThat(HexFormat.of().formatHex(Wire.encode(sample)))
        .isEqualTo(HexFormat.of().formatHex(recorded(sample)));
  }

  static Stream<Object> samples() {
    return Samples.ALL.stream();
  }

  private static byte[] recorded(Object sample) throws IOException {
    Path file = RECORDED.resolve(name(sample) + ".hex");
    if (Boolean.getBoolean("wire.record") && !Files.exists(file)) {
      Files.createDirectories(RECORDED);
      Files.writeString(file, lines(Wire.encode(sample)));
    }
    return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
  }

  private static String name(Object sample) {
    String name = sample.getClass().getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  private static String lines(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    return hex.replaceAll("(.{" + 2 * BYTES_PER_LINE + "})(?=.)", "$1\n") + "\n";
  }

  private static Set<Class<?>> messages() {
    List<Class<?>> left = new ArrayList<>(List.of(
        BusMessage.class,
        PeerMessage.class,
        PoolQuestion.class,
        PoolAnswer.class,
        HealthCommand.class,
        HealthAnswer.class,
        FleetCommand.class,
        FleetAnswer.class));
    return Stream.iterate(left, all -> !all.isEmpty(), all -> all)
        .map(List::removeLast)
        .mapMulti((Class<?> type, java.util.function.Consumer<Class<?>> found) -> {
          if (type.isSealed()) {
            left.addAll(List.of(type.getPermittedSubclasses()));
          } else {
            found.accept(type);
          }
        })
        .collect(Collectors.toSet());
  }
}
