package io.gradelane.core.fleet;

/**
 * One step of a plan. Steps are taken in their order; when one fails, the later ones of the same host are left out, and so
 * are later launches, whose room it may have been to make. The next pass plans anew.
 */
public sealed interface FleetAction {

  HostId id();

  /** Writes a host down that the table does not have. */
  record Insert(Host host) implements FleetAction {
    @Override
    public HostId id() {
      return host.id();
    }
  }

  /** Replaces a host in the table, if it is still the one that was planned with. */
  record Replace(Host before, Host after) implements FleetAction {
    @Override
    public HostId id() {
      return after.id();
    }
  }

  /**
   * Asks the provider for a host that stands in the table, under its id as token, and writes down what it answers. The
   * same token twice is the same host.
   */
  record Launch(Host host) implements FleetAction {
    @Override
    public HostId id() {
      return host.id();
    }
  }

  /** Asks the provider to end a host that stands as terminating in the table. Asked again in every pass. */
  record Terminate(Host host) implements FleetAction {
    @Override
    public HostId id() {
      return host.id();
    }
  }

  /** Puts its server into the pool, or opens it there again. */
  record Join(Host host) implements FleetAction {
    @Override
    public HostId id() {
      return host.id();
    }
  }

  /** Has the pool grant nothing there any more. */
  record Close(HostId id) implements FleetAction {}

  /** Takes its server out of the pool. */
  record Leave(HostId id) implements FleetAction {}
}
