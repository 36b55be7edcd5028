package io.gradelane.cluster;

import java.util.List;
import java.util.function.Consumer;

/** The members as a node that stands alone sees them: itself, for ever. */
public final class LocalMembers implements Members {

  private final Member self;

  public LocalMembers(Member self) {
    this.self = self;
  }

  @Override
  public Member self() {
    return self;
  }

  @Override
  public List<Member> snapshot() {
    return List.of(self);
  }

  @Override
  public Runnable listen(Consumer<List<Member>> listener) {
    return () -> {};
  }
}
