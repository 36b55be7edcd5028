package io.gradelane.sandbox;

import java.nio.file.Path;

/** C or C++ with GCC: warnings are errors, as teachers who use Jobe expect. */
record GnuLanguage(Path compiler, String defaultName, String defaultArguments) implements Language {

  static GnuLanguage c(Path gcc) {
    return new GnuLanguage(gcc, "prog.c", "-Wall -Werror -std=c99 -x c");
  }

  static GnuLanguage cpp(Path gxx) {
    return new GnuLanguage(gxx, "prog.cpp", "-Wall -Werror");
  }

  @Override
  public String defaultName(String source) {
    return defaultName;
  }

  @Override
  public String compileLine(Program program) throws Program.BadList {
    String name = program.fileName();
    String arguments = program.compilerWords("compileargs", defaultArguments);
    return compiler + " " + arguments + " -o " + name + ".exe " + name + " "
        + program.compilerWords("linkargs", "");
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line("./" + program.fileName() + ".exe", "", "");
  }
}
