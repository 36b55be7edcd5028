package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Term;

/** What a dispatcher needs to know of its pool: told when it opens, and whenever it changes. */
public interface PoolSettings {

  /** A dispatcher that knows servers, lanes and tenants, and nothing of any run. */
  Dispatcher open(Term term, long now);

  /** It may use this part of the servers' slots from now on. */
  void part(Dispatcher dispatcher, Part part, long now);

  /** Another node knew later settings of a lane: they are in the lane book now. */
  void lanes(Dispatcher dispatcher, long now);
}
