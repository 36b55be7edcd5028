package io.gradelane.health;

/** What health measures. */
enum HealthMeters {
  UP("gradelane.server.up", "1 if new runs may be granted on the server, else 0"),
  SLOTS("gradelane.server.slots", "Most runs in flight on the server, as configured or set"),
  EJECTIONS(
      "gradelane.server.ejections",
      "How often the server was taken out because probes or runs failed"),
  PROBES(
      "gradelane.server.probe",
      "How long probes of the server took, by kind (languages, run) and result (ok, failed, no_room)");

  private final String meterName;
  private final String help;

  HealthMeters(String meterName, String help) {
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
