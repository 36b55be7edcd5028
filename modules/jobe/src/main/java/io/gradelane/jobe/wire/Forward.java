package io.gradelane.jobe.wire;

import java.util.Map;

/**
 * How a spec is changed before it is sent to a server: what is not Jobe's business goes, and limits are clamped, because
 * unbounded ones leak a server's slots for good.
 *
 * @param fileIds the id to send instead of the client's; an id without an entry is sent as it is
 * @param maxStreamMb most {@code streamsize}
 * @param maxMemoryMb most {@code memorylimit}; 0 asks Jobe for no limit and becomes this
 * @param maxProcesses most {@code numprocs}
 */
public record Forward(
    Map<String, String> fileIds, int maxStreamMb, int maxMemoryMb, int maxProcesses) {
  public Forward {
    fileIds = Map.copyOf(fileIds);
  }
}
