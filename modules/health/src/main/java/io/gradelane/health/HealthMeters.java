package io.gradelane.health;

/** What health measures, under the names that Prometheus shows. */
public enum HealthMeters {
  UP("gradelane_server_up", "gauge", "1 if new runs may be granted on the server, else 0"),
  SLOTS(
      "gradelane_server_slots", "gauge", "Most runs in flight on the server, as configured or set"),
  EJECTIONS(
      "gradelane_server_ejections_total",
      "counter",
      "How often the server was taken out because probes or runs failed"),
  PROBES(
      "gradelane_server_probe_seconds",
      "timer",
      "How long probes of the server took, by kind (languages, run) and result (ok, failed, no_room)");

  private final String prometheusName;
  private final String type;
  private final String help;

  HealthMeters(String prometheusName, String type, String help) {
    this.prometheusName = prometheusName;
    this.type = type;
    this.help = help;
  }

  /** As scraped; Prometheus' registry adds the ending by type. */
  public String prometheusName() {
    return prometheusName;
  }

  public String type() {
    return type;
  }

  public String help() {
    return help;
  }

  /** The name to register the meter under, without what the registry adds. */
  String meterName() {
    return prometheusName.replaceFirst("_(total|seconds)$", "").replace('_', '.');
  }
}
