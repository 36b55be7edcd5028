package io.gradelane.bus;

/** The fleet's answer to a {@link FleetCommand}. */
public sealed interface FleetAnswer {

  /** @param state the word for what the host is now */
  record Changed(String host, String state) implements FleetAnswer {}

  record NoSuchHost(String host) implements FleetAnswer {}

  /** @param why what stands in the way, and what was expected */
  record Refused(String why) implements FleetAnswer {}
}
