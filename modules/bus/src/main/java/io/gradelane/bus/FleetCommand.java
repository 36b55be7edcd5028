package io.gradelane.bus;

/**
 * What somebody asks of the fleet by hand, of any node, at {@link Addresses#fleet}; each is answered by a {@link
 * FleetAnswer}. It changes what is written down of a host; whoever keeps the fleet then acts on it.
 */
public sealed interface FleetCommand {

  /** Who wants it, for the record. */
  String by();

  /** One more host. */
  record Launch(String by) implements FleetCommand {}

  /** Something about one host. */
  sealed interface Change extends FleetCommand {
    String host();
  }

  /** Nothing new starts there; when nothing runs there any more, it ends. */
  record Drain(String host, String by) implements Change {}

  /** It is to serve again. */
  record Undrain(String host, String by) implements Change {}

  /** It is of no use: what runs there ends, then it does, and another one may take its place. */
  record Terminate(String host, String by) implements Change {}
}
