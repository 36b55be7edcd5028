package io.gradelane.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of users that nobody is, one for each slot of each sandbox on this machine: limits on processes count per uid,
 * and so does killing what a run left behind. A locked file says that a number is taken; the lock goes with its process.
 */
final class Uids implements AutoCloseable {

  /** A range that no distribution gives to anybody (systemd's "Users, Groups, UIDs and GIDs" lists it as unused). */
  private static final int FIRST = 60706;

  private static final int LAST = 61183;

  /**
   * Taken by this process. Asking the file would not do: to open and close it again gives up every lock that the process
   * has on it, and another process could take the number.
   */
  private static final Set<Integer> HERE = ConcurrentHashMap.newKeySet();

  private final List<Integer> taken = new ArrayList<>();
  private final List<FileChannel> channels = new ArrayList<>();

  private Uids() {}

  /**
   * Takes {@code count} of them.
   *
   * @throws IOException if so many are not to be had
   */
  static Uids take(int count) throws IOException {
    Uids uids = new Uids();
    Path folder = Files.createDirectories(folder());
    for (int uid = FIRST; uid <= LAST && uids.taken.size() < count; uid++) {
      uids.tryTake(folder, uid);
    }
    if (uids.taken.size() < count) {
      uids.close();
      throw new IOException("no " + count + " free uids between " + FIRST + " and " + LAST);
    }
    return uids;
  }

  private static Path folder() {
    Path run = Path.of("/run");
    return (Files.isWritable(run) ? run : Path.of(System.getProperty("java.io.tmpdir")))
        .resolve("gradelane-sandbox");
  }

  private void tryTake(Path folder, int uid) throws IOException {
    if (!HERE.add(uid)) {
      return;
    }
    FileChannel channel = FileChannel.open(
        folder.resolve(Integer.toString(uid)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      HERE.remove(uid);
    } else {
      channels.add(channel);
      taken.add(uid);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  int get(int slot) {
    return taken.get(slot);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
    taken.forEach(HERE::remove);
  }
}
