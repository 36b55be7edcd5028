package io.gradelane.dispatch;

import io.gradelane.cluster.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who stands at which place, now or last. A node that was killed and started again is another member at the same place;
 * without this, a pool whose node crashes again and again would seem to miss more and more members.
 */
final class Places {

  private final Map<String, String> nodes = new HashMap<>();

  /**
   * Takes those that are seen, the one that joined first first.
   *
   * @return nodes whose place another one has now
   */
  List<String> replaced(List<Member> seen) {
    List<String> replaced = new ArrayList<>();
    for (Member member : seen) {
      String before = member.place().isEmpty() ? null : nodes.put(member.place(), member.node());
      if (before != null && !before.equals(member.node())) {
        replaced.add(before);
      }
    }
    return replaced;
  }
}
