package io.gradelane.fleet;

/** What the fleet measures. */
enum FleetMeters {
  HOSTS("gradelane.fleet.hosts", "Hosts in a state"),
  OLDEST(
      "gradelane.fleet.oldest.age",
      "How long the host has been in a state that has been in it longest"),
  SLOTS("gradelane.fleet.wanted.slots", "Slots that a rule wants"),
  TARGET("gradelane.fleet.target.hosts", "Hosts that there should be, within all bounds"),
  RAW("gradelane.fleet.raw.hosts", "Hosts that the highest wish takes, before any bound"),
  RUNS("gradelane.fleet.runs", "Runs that the loop has seen, busy or waiting"),
  LEADS("gradelane.fleet.leads", "1 if this node keeps the fleet, else 0"),
  LAUNCHES("gradelane.fleet.launches", "Launches that were begun"),
  TERMINATIONS("gradelane.fleet.terminations", "Terminations that were begun"),
  ERRORS("gradelane.fleet.errors", "Steps of a pass that failed, and passes that failed whole"),
  PASSES("gradelane.fleet.pass", "How long a pass took, from the lease to the record");

  private final String meterName;
  private final String help;

  FleetMeters(String meterName, String help) {
    this.meterName = meterName;
    this.help = help;
  }

  /** Prometheus shows it with underscores, and with an ending by type and unit. */
  String meterName() {
    return meterName;
  }

  String help() {
    return help;
  }
}
