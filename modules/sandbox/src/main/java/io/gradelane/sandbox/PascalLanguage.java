package io.gradelane.sandbox;

import java.nio.file.Path;

/** Free Pascal, which writes what it has to say into a file; it counts only if no program came out. */
record PascalLanguage(Path fpc) implements Language {

  @Override
  public String defaultName(String source) {
    return "prog.pas";
  }

  @Override
  public String compileLine(Program program) throws Program.BadList {
    String name = program.fileName();
    String arguments = program.compilerWords("compileargs", "-vew -Se");
    return "%1$s %2$s -Fe%3$s.err -o%3$s.exe %3$s >/dev/null 2>&1\ntest -f %3$s.exe || cat %3$s.err >&2"
        .formatted(fpc, arguments, name);
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line("./" + program.fileName() + ".exe", "", "");
  }
}
