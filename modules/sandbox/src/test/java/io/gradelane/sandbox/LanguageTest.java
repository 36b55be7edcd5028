package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.jobe.wire.Json;
import io.gradelane.jobe.wire.Parameters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

  private static final Language C = GnuLanguage.c(Path.of("/usr/bin/gcc"));
  private static final Language PYTHON = new PythonLanguage(Path.of("/usr/bin/python3"));
  private static final Language OCTAVE = new OctaveLanguage(Path.of("/usr/bin/octave"));
  private static final Language JAVA =
      new JavaLanguage(Path.of("/usr/bin/javac"), Path.of("/usr/bin/java"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public class Foo { public static void main(String[] a){} }|Foo.java",
        "import x; public  class Foo extends Bar { int x; static public void main (String... a){} }|Foo.java",
        "class Foo { public static void main(String[] a){} }|prog.java",
        "public class Foo { }|prog.java",
        "int x;|prog.java"
      })
  void namesAJavaFileAfterItsMainClass(String source, String name) {
    assertThat(JAVA.defaultName(source)).isEqualTo(name);
  }

  @Test
  void splicesArgumentsIntoTheLineUnquoted() throws Exception {
    Program program =
        program("a.c", Map.of("compileargs", words("-O2", "-x c"), "runargs", words("x", "y z")));
    assertThat(C.compileLine(program)).isEqualTo("/usr/bin/gcc -O2 -x c -o a.c.exe a.c ");
    assertThat(C.runLine(program).split(" +")).containsExactly("./a.c.exe", "x", "y", "z");
  }

  @Test
  void hasJobesDefaultArguments() throws Exception {
    assertThat(C.compileLine(program("a.c", Map.of())))
        .isEqualTo("/usr/bin/gcc -Wall -Werror -std=c99 -x c -o a.c.exe a.c ");
    assertThat(PYTHON.runLine(program("p.py", Map.of()))).startsWith("/usr/bin/python3 -BE p.py");
    assertThat(JAVA.runLine(program("A.java", Map.of())))
        .startsWith("/usr/bin/java -Xrs -Xss8m -Xmx200m A");
  }

  @Test
  void runsTheMainClassThatIsNamed() throws Exception {
    Program program = program("A.java", Map.of("main_class", new Json.Str("x.B")));
    assertThat(JAVA.runLine(program)).contains("-Xmx200m x.B");
  }

  @Test
  void complainsAboutListsThatAreNoneInPhpsWords() {
    Program program =
        program("a.c", Map.of("runargs", new Json.Str("a b"), "linkargs", new Json.Str("-lm")));
    assertThatThrownBy(() -> C.runLine(program))
        .hasMessage("array_merge(): Argument #2 must be of type array, string given");
    assertThatThrownBy(() -> C.compileLine(program))
        .hasMessage("implode(): Argument #2 ($array) must be of type ?array, string given");
  }

  @Test
  void takesOctavesLastWordsAboutItselfAway() {
    assertThat(
            OCTAVE.stderr("error: boo\r\nerror: ignoring octave_execution_exception while x\n\n"))
        .isEqualTo("error: boo\n");
    assertThat(OCTAVE.stderr("error: No such file or directory\n")).isEmpty();
    assertThat(OCTAVE.stderr("")).isEmpty();
  }

  @Test
  void indentsJavasStackTracesWithBlanks() {
    assertThat(JAVA.stderr("Exception\n\tat X\n")).isEqualTo("Exception\n        at X\n");
  }

  private static Json words(String... words) {
    return new Json.Arr(List.of(words).stream().<Json>map(Json.Str::new).toList());
  }

  private static Program program(String name, Map<String, Json> parameters) {
    return new Program(name, new Parameters(parameters));
  }
}
