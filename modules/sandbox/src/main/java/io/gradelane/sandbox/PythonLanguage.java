package io.gradelane.sandbox;

import java.nio.file.Path;

/** Python 3; its compiling is a syntax check. */
record PythonLanguage(Path python) implements Language {

  @Override
  public String defaultName(String source) {
    return "prog.py";
  }

  @Override
  public String compileLine(Program program) {
    return python + " -m py_compile " + program.fileName();
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line(python.toString(), "-BE", program.fileName());
  }

  /** Room for the numeric libraries. */
  @Override
  public int memoryMb() {
    return 1000;
  }
}
