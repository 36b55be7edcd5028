package io.gradelane.sandbox;

import io.gradelane.jobe.wire.Json;
import io.gradelane.jobe.wire.PhpText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Java: a file must be called as the public class with {@code main} that it holds. */
record JavaLanguage(Path javac, Path java) implements Language {

  private static final int THREADS = 256;
  private static final Pattern MAIN = Pattern.compile(
      "(?<!\\w)public\\s+class\\s+(\\w+)[^{]*\\{.*?(?:public\\s+static|static\\s+public)\\s+void\\s+main\\s*\\(\\s*String",
      Pattern.DOTALL);

  @Override
  public String defaultName(String source) {
    List<String> classes = new ArrayList<>();
    Matcher matcher = MAIN.matcher(source);
    while (matcher.find()) {
      classes.add(matcher.group(1));
    }
    return (classes.size() == 1 ? classes.getFirst() : "prog") + ".java";
  }

  @Override
  public String compileLine(Program program) throws Program.BadList {
    return javac + " " + program.compilerWords("compileargs", "") + " " + program.fileName();
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line(java.toString(), "-Xrs -Xss8m -Xmx200m", mainClass(program));
  }

  private static String mainClass(Program program) {
    @Nullable Json asked = program.parameters().get("main_class");
    @Nullable
    String named = asked == null || asked == Json.Null.NULL ? null : PhpText.string(asked);
    int dot = program.fileName().indexOf('.');
    return named != null ? named : program.fileName().substring(0, Math.max(dot, 0));
  }

  /** Tabs before the lines of a stack trace become blanks. */
  @Override
  public String stderr(String text) {
    return text.replace("\n\t", "\n        ");
  }

  @Override
  public boolean ignoresMemoryLimit() {
    return true;
  }

  @Override
  public int processes() {
    return THREADS;
  }

  @Override
  public int leastProcesses() {
    return THREADS;
  }
}
