package io.gradelane.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.Move;
import io.gradelane.core.fleet.Who;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HostLifeTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (?!from)[a-z]+ \\| [a-zA-Z]+ \\| [a-z]+ \\| [a-z, ]+ \\| .+ \\|$");

  private static final List<Class<?>> STATES = states(HostState.class);

  @Test
  void theReadmesTableIsTheCode() throws IOException {
    List<String> drawn = ROW.matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(row -> row.group())
        .toList();

    assertThat(drawn).containsExactlyInAnyOrderElementsOf(moves());
  }

  @Test
  void everyMethodThatLeadsToAnotherStateIsAMove() {
    List<Method> leading = Stream.concat(Stream.of(HostState.class), STATES.stream())
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> HostState.class.isAssignableFrom(method.getReturnType()))
        .toList();

    assertThat(leading).isNotEmpty().allMatch(method -> method.isAnnotationPresent(Move.class));
  }

  /** The records; what several of them share stands in interfaces between. */
  private static List<Class<?>> states(Class<?> type) {
    return type.isRecord()
        ? List.of(type)
        : Arrays.stream(type.getPermittedSubclasses())
            .flatMap(below -> states(below).stream())
            .distinct()
            .toList();
  }

  private static List<String> moves() {
    List<String> rows = new ArrayList<>(rows("nothing", HostState.class));
    STATES.forEach(state -> rows.addAll(rows(word(state), state)));
    return rows;
  }

  private static List<String> rows(String from, Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(Move.class))
        .map(method -> row(from, method, method.getAnnotation(Move.class)))
        .toList();
  }

  private static String row(String from, Method method, Move move) {
    String who = Arrays.stream(move.by()).map(Who::word).collect(Collectors.joining(", "));
    return "| "
        + String.join(" | ", from, method.getName(), word(method.getReturnType()), who, move.why())
        + " |";
  }

  private static String word(Class<?> state) {
    return state.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
