package io.gradelane.cluster.harness;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The host processes of one cluster on this machine, found by what stands in their command lines. */
record FleetProcesses(String cluster) {

  private static final Pattern MARK = Pattern.compile("-Dgradelane\\.host=([^/\\s]+)/([^/\\s]+)/");

  /** The hosts' names. */
  Set<String> tokens() {
    return Set.copyOf(all().keySet());
  }

  /** As by {@code kill -9}. */
  void kill(String token) {
    ProcessHandle process = all().get(token);
    if (process == null) {
      throw new AssertionError("no process of host " + token);
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  void killAll() {
    tokens().forEach(this::kill);
  }

  private Map<String, ProcessHandle> all() {
    return ProcessHandle.allProcesses()
        .filter(process -> token(process).isPresent())
        .collect(Collectors.toMap(
            process -> token(process).orElse(""), process -> process, (one, other) -> one));
  }

  private Optional<String> token(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .map(MARK::matcher)
        .filter(Matcher::find)
        .filter(mark -> mark.group(1).equals(cluster))
        .map(mark -> mark.group(2));
  }
}
