package io.gradelane.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a command is confined on this machine: the words that are put before it.
 *
 * <p>The order matters. Bubblewrap gives the view of the files and takes the network; {@code setpriv} then gives up root;
 * only then come the limits, which count for the command's own uid and must not strangle the tools before them.
 *
 * @param bubblewrap or null to do without
 * @param uids whether every slot has a uid of its own, which takes root
 */
record Jail(@Nullable Path bubblewrap, boolean uids) {

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
    List<String> line = new ArrayList<>();
    if (bubblewrap == null) {
      line.add("setsid");
    } else {
      line.add(bubblewrap.toString());
      line.addAll(view(step));
    }
    if (uids) {
      String uid = Integer.toString(step.uid());
      line.addAll(
          List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--no-new-privs"));
    }
    line.addAll(
        List.of("sh", "-c", SHELL, "sh", bubblewrap == null ? step.command().toString() : COMMAND));
    line.addAll(limits(step.limits()));
    return line;
  }

  private List<String> limits(Limits limits) {
    // Without root, Bubblewrap's first process belongs to the same user; without Bubblewrap, so
    // does all else here.
    return limits.withMoreProcesses(uids ? 0 : 1).options(uids || bubblewrap != null);
  }

  private List<String> view(Step step) {
    List<String> view = new ArrayList<>();
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

  /** Whether leftovers must be looked for after a run; Bubblewrap's die with their process namespace. */
  boolean leavesProcesses() {
    return bubblewrap == null;
  }

  /** The command that kills whatever is left of a run. */
  List<String> sweep(int uid, long processGroup) {
    if (!uids) {
      return List.of("sh", "-c", "kill -9 -" + processGroup);
    }
    String id = Integer.toString(uid);
    return List.of(
        "setpriv", "--reuid", id, "--regid", id, "--clear-groups", "sh", "-c", "kill -9 -1");
  }

  static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  String describe() {
    String files = bubblewrap == null
        ? "the machine's own files and network"
        : "a view of its own, no network";
    return String.format(
        Locale.ROOT, "%s, %s", files, uids ? "a uid for each slot" : "our own uid");
  }
}
