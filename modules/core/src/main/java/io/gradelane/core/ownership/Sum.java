package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.run.RunId;
import java.util.UUID;

/** What a node holds and waits for, in short: two that are equal are almost certainly of the same runs. */
final class Sum {

  private int held;
  private long heldHash;
  private int waiting;
  private long waitingHash;

  void holds(PermitId permit) {
    held++;
    heldHash += mixed(permit.number() * 31 + permit.term().number());
  }

  void waits(RunId run) {
    UUID id = run.value();
    waiting++;
    waitingHash +=
        mixed(id.getLeastSignificantBits() ^ Long.rotateLeft(id.getMostSignificantBits(), 21));
  }

  PeerMessage.Digest digest(Term term, String node, long session, long told, long seen) {
    return new PeerMessage.Digest(
        term, node, session, told, seen, held, heldHash, waiting, waitingHash);
  }

  boolean matches(PeerMessage.Digest digest) {
    return held == digest.held()
        && heldHash == digest.heldHash()
        && waiting == digest.waiting()
        && waitingHash == digest.waitingHash();
  }

  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }
}
