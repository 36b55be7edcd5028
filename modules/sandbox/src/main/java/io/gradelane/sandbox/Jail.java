package io.gradelane.sandbox;

import io.gradelane.sandbox.SandboxOptions.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a command is confined on this machine: the words that are put before it.
 *
 * <p>The order matters. Namespaces give the view of the files and take the network; {@code setpriv} then gives up root;
 * only then come the limits, which count for the command's own uid and must not strangle the tools before them.
 *
 * @param uids whether every slot has a uid of its own, which takes root
 */
record Jail(Confinement confinement, boolean uids) {

  /** What CodeRunner strips from texts, so a program must see itself under it. */
  static final String RUNS = "/home/jobe/runs";

  private static final String COMMAND = "/home/jobe/command";
  private static final String TMP_BYTES = Long.toString(64L << 20);
  private static final List<String> READABLE = List.of(
      "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix");

  /** Gives the source a name that this JVM's locale may not know, then replaces itself by the limited command. */
  private static final String SHELL =
      "f=$1; shift; if [ -f .source-name ]; then mv .source \"$(cat .source-name)\"; rm -f .source-name; fi; "
          + "exec prlimit \"$@\" sh -c \"$(cat \"$f\")\"";

  /** Everything that a command line needs to know of one step. */
  record Step(RunFolder folder, Path command, int uid, Limits limits) {}

  List<String> commandLine(Step step) {
    List<String> line = new ArrayList<>(space(step));
    if (uids) {
      line.addAll(asUid(step.uid()));
    }
    line.addAll(
        List.of("sh", "-c", SHELL, "sh", ownView() ? COMMAND : step.command().toString()));
    line.addAll(limits(step.limits()));
    return line;
  }

  private List<String> limits(Limits limits) {
    // Without root, the first process of the namespaces belongs to the same user; without
    // namespaces, so does all else.
    boolean countable = uids || confinement != Confinement.PLAIN;
    return limits.withMoreProcesses(uids ? 0 : 1).options(countable);
  }

  private List<String> space(Step step) {
    return switch (confinement) {
      case BUBBLEWRAP -> view(step);
      case NAMESPACES -> namespaces();
      case PLAIN -> List.of("setsid", "setpriv", "--pdeathsig", "KILL");
    };
  }

  private List<String> namespaces() {
    List<String> words =
        new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "KILL", "unshare"));
    if (!uids) {
      words.addAll(List.of("--user", "--map-current-user"));
    }
    words.addAll(List.of(
        "--net", "--ipc", "--uts", "--pid", "--mount-proc", "--fork", "--kill-child=KILL", "--"));
    return words;
  }

  private List<String> view(Step step) {
    List<String> view = new ArrayList<>(List.of("bwrap"));
    for (String folder : READABLE) {
      view.addAll(List.of("--ro-bind-try", folder, folder));
    }
    String java = System.getProperty("java.home");
    if (READABLE.stream().noneMatch(folder -> java.startsWith(folder + "/"))) {
      view.addAll(List.of("--ro-bind-try", java, java));
    }
    view.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    view.addAll(List.of("--perms", "1777", "--size", TMP_BYTES, "--tmpfs", "/tmp"));
    view.addAll(List.of("--perms", "1777", "--size", TMP_BYTES, "--tmpfs", "/var/tmp"));
    view.addAll(
        List.of("--perms", "0755", "--dir", "/home", "--perms", "0755", "--dir", "/home/jobe"));
    view.addAll(List.of("--perms", "0755", "--dir", RUNS));
    view.addAll(List.of("--ro-bind", step.command().toString(), COMMAND));
    view.addAll(List.of("--bind", step.folder().box().toString(), step.folder().shown()));
    view.addAll(List.of("--chdir", step.folder().shown()));
    view.addAll(List.of("--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    view.addAll(List.of("--die-with-parent", "--new-session", "--"));
    return view;
  }

  private static List<String> asUid(int uid) {
    String id = Integer.toString(uid);
    List<String> words = new ArrayList<>(List.of("setpriv", "--reuid", id, "--regid", id));
    words.addAll(List.of("--clear-groups", "--no-new-privs", "--pdeathsig", "KILL"));
    return words;
  }

  /** What the program finds in its environment; nothing of ours. */
  static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", "/tmp");
    environment.put("MPLCONFIGDIR", "/tmp");
    environment.put("OPENBLAS_NUM_THREADS", "4");
    return environment;
  }

  /** Whether processes can outlive a run; others die with their process namespace. */
  boolean leavesProcesses() {
    return confinement == Confinement.PLAIN;
  }

  /** Whether a program sees itself where {@link RunFolder#shown()} says. */
  boolean ownView() {
    return confinement == Confinement.BUBBLEWRAP;
  }

  /** The command that takes away what a run has left behind: processes and temporary files. Empty if there can be none. */
  List<String> sweep(int uid, long processGroup) {
    if (ownView()) {
      return List.of();
    }
    if (!uids) {
      return leavesProcesses() ? List.of("sh", "-c", "kill -9 -" + processGroup) : List.of();
    }
    List<String> line = asUid(uid);
    String kill = leavesProcesses() ? "kill -9 -1; " : "";
    line.addAll(
        List.of("sh", "-c", kill + "find /tmp /var/tmp /dev/shm -user " + uid + " -delete"));
    return line;
  }

  static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  String describe() {
    String space = switch (confinement) {
      case BUBBLEWRAP -> "a view of its own, no network";
      case NAMESPACES -> "the machine's files, no network";
      case PLAIN -> "the machine's files, network and processes";
    };
    return space + ", " + (uids ? "a uid for each slot" : "our own uid");
  }
}
