package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Term;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node is to its pool.
 *
 * <pre>
 *               owner silent or gone, and this node is next; or handed over
 *   Following ─────────────────────────────────────────────────────────────► TakingOver
 *     ▲    ▲                                                                    │
 *     │    └────────────── a later term ────────────────────────────────────────┤
 *     │                                                        all have reported, or 1 s
 *     └─────────── a later term ──────────── Owning ◄──────────────────────────┘
 * </pre>
 */
public sealed interface Stance {

  /** The latest term that it knows of. */
  Term term();

  /**
   * Somebody else dispatches.
   *
   * @param term {@link Term#NONE} if this node knows of nobody
   * @param heardAt when the owner last showed that it lives
   * @param last the last beat that came, its own or that of an owner before it; null if none has come
   */
  record Following(Term term, long heardAt, @Nullable Heard last) implements Stance {

    Following heard(long now) {
      return new Following(term, now, last);
    }

    /** Whether this owner has said what it holds. */
    boolean hasHeardABeat() {
      return last != null && last.term().equals(term);
    }
  }

  /**
   * This node dispatches as soon as it knows what the others hold.
   *
   * @param awaited nodes that have not reported
   */
  record TakingOver(Term term, long since, Set<String> awaited) implements Stance {
    public TakingOver {
      awaited = Set.copyOf(awaited);
    }
  }

  /** This node dispatches. */
  record Owning(Term term) implements Stance {}
}
