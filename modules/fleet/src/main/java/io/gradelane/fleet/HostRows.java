package io.gradelane.fleet;

import io.gradelane.core.fleet.FleetAction;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.store.fleet.HostWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a plan in groups, each for one statement. In a group every host stands once, and the rows of one host keep
 * their order. No launch is in a group with, or before, what comes before it in the plan: it may take the place that an
 * earlier row makes.
 */
final class HostRows {

  private final List<List<HostWrite>> groups = new ArrayList<>();
  /** For each host, the first group in which its next row may stand. */
  private final Map<HostId, Integer> free = new HashMap<>();
  /** The group with which the present stretch, of launches or of other rows, begins. */
  private int first;

  private boolean launches;

  private HostRows() {}

  static List<List<HostWrite>> of(List<FleetAction> actions) {
    HostRows rows = new HostRows();
    for (FleetAction action : actions) {
      if (action instanceof FleetAction.Insert insert) {
        rows.add(new HostWrite(null, insert.host()));
      } else if (action instanceof FleetAction.Replace replace) {
        rows.add(new HostWrite(replace.before(), replace.after()));
      }
    }
    return rows.groups;
  }

  static boolean launches(HostWrite row) {
    return row.before() == null && row.after().state() instanceof Launching;
  }

  private void add(HostWrite row) {
    if (launches(row) != launches) {
      launches = !launches;
      first = groups.size();
    }
    int place = Math.max(first, free.getOrDefault(row.id(), 0));
    if (place == groups.size()) {
      groups.add(new ArrayList<>());
    }
    groups.get(place).add(row);
    free.put(row.id(), place + 1);
  }
}
