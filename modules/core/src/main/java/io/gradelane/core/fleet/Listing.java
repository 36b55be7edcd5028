package io.gradelane.core.fleet;

import java.util.List;

/** What the provider says that there is, of this cluster. */
public sealed interface Listing {

  /**
   * All of it, to the last page.
   *
   * <p>An empty one is taken as true only of hosts that were to be terminated anyway: an account that has lost its rights
   * or its tags answers just so.
   */
  record Complete(List<Listed> hosts) implements Listing {
    public Complete {
      hosts = List.copyOf(hosts);
    }
  }

  /** It failed, or a part of it did: nothing is known. */
  record Failed(String why) implements Listing {}

  /**
   * One host that the provider has.
   *
   * @param ref the provider's own name
   * @param token the {@link HostId} that it was launched under; empty if it bears none
   * @param address of its server, as a URL; empty while it has none
   */
  record Listed(String ref, String token, String address, Condition condition) {}

  /** In what condition a host is, as far as the provider knows. */
  enum Condition {
    /** It serves, or will. */
    SOUND,
    /** It exists, and will never serve: stopped, failed. */
    BROKEN,
    /** It has ended for good: nothing runs there, and it costs nothing. Better than not naming it, which proves little. */
    ENDED
  }
}
