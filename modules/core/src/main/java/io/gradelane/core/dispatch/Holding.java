package io.gradelane.core.dispatch;

import java.util.List;

/**
 * A permit that is out, as others than its holder know it: should the holder vanish, its run may still be executing, so
 * its slot stays taken for a while.
 *
 * @param lane that it counts in
 * @param server whose slot it is
 * @param leftMillis until its run can't be executing any more
 */
public record Holding(PermitId permit, String lane, String server, long leftMillis) {

  /** The same ones so much later, but those whose runs have ended by then. */
  public static List<Holding> after(List<Holding> all, long millis) {
    return all.stream()
        .filter(each -> each.leftMillis > millis)
        .map(each -> new Holding(each.permit, each.lane, each.server, each.leftMillis - millis))
        .toList();
  }
}
