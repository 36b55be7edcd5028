package io.gradelane.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a sandbox is to be.
 *
 * @param host address to listen on; anything but loopback lets others run code here
 * @param port 0 for any free one
 * @param slots most runs at once, 1 to 64; Jobe's {@code jobe_max_users}
 * @param dir for uploaded files and the folders of runs; made if it isn't there
 * @param confinement the strongest to try
 * @param poll between two looks for a free slot; Jobe's is one second
 * @param polls looks before a run is refused with outcome 21; Jobe's is 10
 * @param maxCacheBytes most bytes of uploaded files; those used longest ago go first
 * @param maxBodyBytes a larger request is answered 413
 */
public record SandboxOptions(
    String host,
    int port,
    int slots,
    Path dir,
    Confinement confinement,
    Duration poll,
    int polls,
    long maxCacheBytes,
    long maxBodyBytes) {

  private static final int MOST_SLOTS = 64;
  private static final long MEGABYTE = 1 << 20;

  public SandboxOptions {
    if (slots < 1 || slots > MOST_SLOTS) {
      throw new IllegalArgumentException("slots must be 1 to " + MOST_SLOTS + ", not " + slots);
    }
  }

  /** Jobe's waiting, half a gigabyte of files, requests of up to 64 MB, the strongest confinement that works. */
  public SandboxOptions(String host, int port, int slots, Path dir) {
    this(
        host,
        port,
        slots,
        dir,
        Confinement.BUBBLEWRAP,
        Duration.ofSeconds(1),
        10,
        512 * MEGABYTE,
        64 * MEGABYTE);
  }

  public SandboxOptions withConfinement(Confinement other) {
    return new SandboxOptions(
        host, port, slots, dir, other, poll, polls, maxCacheBytes, maxBodyBytes);
  }

  public SandboxOptions withPolling(Duration every, int times) {
    return new SandboxOptions(
        host, port, slots, dir, confinement, every, times, maxCacheBytes, maxBodyBytes);
  }

  /** What keeps a program from its neighbours, the strongest first; each falls back to the next where it fails. */
  public enum Confinement {
    /** Bubblewrap: a view of the files of its own, no network, its own processes only. */
    BUBBLEWRAP,
    /** The system's {@code unshare}: no network, its own processes only, but the machine's files. */
    NAMESPACES,
    /** Limits, a session and, as root, a uid of its own: no more than that. */
    PLAIN
  }
}
