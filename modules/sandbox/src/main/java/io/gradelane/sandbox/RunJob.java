package io.gradelane.sandbox;

import io.gradelane.core.run.Outcome;
import io.gradelane.jobe.wire.FileRef;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.jobe.wire.RunResult;
import io.gradelane.jobe.wire.RunSpec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One run from its folder to its answer: compile, run, judge, as Jobe does. Blocks; used once. */
final class RunJob {

  /** A program that prints this is taken for one that was stopped, which is Jobe's way of telling. */
  private static final Pattern TIME_LIMIT = Pattern.compile("time ?limit exceeded");

  private final RunSpec spec;
  private final Language language;
  private final Program program;
  private final Warden warden;
  private final int uid;

  RunJob(RunSpec spec, Language language, Warden warden, int uid) {
    this.spec = spec;
    this.language = language;
    this.warden = warden;
    this.uid = uid;
    this.program = new Program(fileName(spec, language), spec.parameters());
  }

  private static String fileName(RunSpec spec, Language language) {
    return spec.sourceFileName().isEmpty()
        ? language.defaultName(spec.source())
        : spec.sourceFileName();
  }

  JobeAnswer run(Path runs, FileCache files, RandomGenerator random)
      throws IOException, InterruptedException {
    RunFolder folder = RunFolder.create(runs, uid, random);
    try {
      fill(folder, files);
      return JobeAnswers.result(result(folder));
    } catch (NoSuchFileException e) {
      return JobeAnswers.missingFiles();
    } catch (Program.BadList e) {
      return JobeAnswers.serverException(e.text());
    } finally {
      folder.delete();
    }
  }

  /** Files come after the source: one with the source's name replaces it. */
  private void fill(RunFolder folder, FileCache files) throws IOException {
    folder.writeSource(program.fileName(), spec.source());
    for (FileRef file : spec.files()) {
      folder.copyIn(files.path(file.id()), file.name());
    }
  }

  private RunResult result(RunFolder folder)
      throws IOException, InterruptedException, Program.BadList {
    String cmpinfo = compile(folder);
    return cmpinfo.isEmpty()
        ? execute(folder)
        : result(folder, Outcome.COMPILE_ERROR, cmpinfo, "", "");
  }

  private String compile(RunFolder folder)
      throws IOException, InterruptedException, Program.BadList {
    String line = language.compileLine(program);
    if (line == null) {
      return "";
    }
    try {
      Limits limits = Limits.forCompiling(program.parameters(), language);
      return language.complaints(step(folder, "compile", line, limits, null));
    } catch (RunGuard.BadLimit e) {
      return e.text();
    }
  }

  private RunResult execute(RunFolder folder)
      throws IOException, InterruptedException, Program.BadList {
    String line = language.runLine(program);
    try {
      Limits limits = Limits.forRunning(program.parameters(), language);
      return judge(folder, step(folder, "run", line, limits, input(folder)));
    } catch (RunGuard.BadLimit e) {
      return result(folder, Outcome.RUNTIME_ERROR, "", "", e.text());
    }
  }

  /** An input of {@code 0} is false in PHP, so Jobe gives the program none. */
  private @Nullable Path input(RunFolder folder) throws IOException {
    return spec.input().isEmpty() || spec.input().equals("0")
        ? null
        : folder.writeInput(spec.input());
  }

  private Finished step(
      RunFolder folder, String name, String line, Limits limits, @Nullable Path input)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(Jail.environment());
    environment.putAll(
        language.environment(spec.parameters().number("memorylimit", language.memoryMb())));
    Path command = folder.writeCommand(name, line);
    return warden.run(new Jail.Step(folder, command, uid, limits), input, environment);
  }

  private RunResult judge(RunFolder folder, Finished finished) {
    String stderr = language.stderr(finished.err());
    if (TIME_LIMIT.matcher(stderr).find()) {
      return result(folder, Outcome.TIME_LIMIT, "", finished.stdout(), "");
    }
    int outcome = stderr.isEmpty() ? Outcome.SUCCESS : Outcome.RUNTIME_ERROR;
    return result(folder, outcome, "", finished.stdout(), stderr);
  }

  private RunResult result(
      RunFolder folder, int outcome, String cmpinfo, String stdout, String stderr) {
    @Nullable String runId = spec.debug() ? folder.shown() : null;
    return new RunResult(
        runId, outcome, shown(folder, cmpinfo), shown(folder, stdout), shown(folder, stderr));
  }

  /** Without a view of its own a program sees its folder's real path; clients know to strip only Jobe's. */
  private String shown(RunFolder folder, String text) {
    return warden.jail().ownView() ? text : text.replace(folder.box().toString(), folder.shown());
  }
}
