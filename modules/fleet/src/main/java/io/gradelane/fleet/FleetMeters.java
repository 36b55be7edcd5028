package io.gradelane.fleet;

/** What the fleet measures, under the names that Prometheus shows. */
public enum FleetMeters {
  HOSTS("gradelane_fleet_hosts", "gauge", "Hosts in a state"),
  OLDEST(
      "gradelane_fleet_oldest_age_seconds",
      "gauge",
      "How long the host has been in a state that has been in it longest"),
  SLOTS("gradelane_fleet_wanted_slots", "gauge", "Slots that a rule wants"),
  TARGET("gradelane_fleet_target_hosts", "gauge", "Hosts that there should be, within all bounds"),
  RAW("gradelane_fleet_raw_hosts", "gauge", "Hosts that the highest wish takes, before any bound"),
  RUNS("gradelane_fleet_runs", "gauge", "Runs that the loop has seen, busy or waiting"),
  LEADS("gradelane_fleet_leads", "gauge", "1 if this node keeps the fleet, else 0"),
  LAUNCHES("gradelane_fleet_launches_total", "counter", "Launches that were begun"),
  TERMINATIONS("gradelane_fleet_terminations_total", "counter", "Terminations that were begun"),
  ERRORS(
      "gradelane_fleet_errors_total",
      "counter",
      "Steps of a pass that failed, and passes that failed whole"),
  PASSES(
      "gradelane_fleet_pass_seconds",
      "timer",
      "How long a pass took, from the lease to the record");

  private final String prometheusName;
  private final String type;
  private final String help;

  FleetMeters(String prometheusName, String type, String help) {
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
