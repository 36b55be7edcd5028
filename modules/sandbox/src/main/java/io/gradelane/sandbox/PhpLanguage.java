package io.gradelane.sandbox;

import java.nio.file.Path;

/** PHP; its compiling is a syntax check, whose verdict stands on stdout and whose reasons on stderr. */
record PhpLanguage(Path php) implements Language {

  @Override
  public String defaultName(String source) {
    return "prog.php";
  }

  @Override
  public String compileLine(Program program) {
    return php + " -l " + program.fileName();
  }

  @Override
  public String complaints(Finished compiled) {
    String err = compiled.err();
    String out = compiled.stdout();
    return err.isEmpty() || out.isEmpty() ? err : out + "\n" + err;
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line(php.toString(), "--no-php-ini", program.fileName());
  }
}
