package io.gradelane.launcher;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.settings.FleetSettings;
import io.gradelane.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code config}, what concerns the configuration. */
@Command(name = "config", description = "Check the configuration.", mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code config check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Read the configuration and the environment as `up` would, and start nothing.",
        "Prints every problem at once, with its key, its value, what was expected and the line."
      })
  static final class Check implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ConfigurationOption configuration = new ConfigurationOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Check(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      return configuration
          .load(surroundings, err)
          .map(loaded -> {
            tell(loaded.settings(), spec.commandLine().getOut());
            return 0;
          })
          .orElse(Main.WRONG);
    }

    private void tell(Settings settings, PrintWriter out) {
      out.println("configuration is fine: " + configuration.source(surroundings));
      out.println("  http     " + settings.http().host() + ":" + settings.http().port());
      out.println("  data     " + settings.dataDir());
      out.println("  lanes    " + lanes(settings));
      out.println("  servers  " + servers(settings));
      out.println("  keys     " + settings.access().keys().size());
      out.println("  cluster  " + cluster(settings.cluster()));
      out.println("  fleet    " + fleet(settings.fleet()));
    }

    private static String cluster(Settings.Cluster cluster) {
      return cluster.clustered()
          ? cluster.name() + ", this node at " + cluster.host() + ":" + cluster.port()
          : "none: this node stands alone";
    }

    private static String fleet(FleetSettings fleet) {
      return fleet.exists()
          ? fleet.rules().min() + " to " + fleet.rules().max() + " hosts, "
              + fleet.rules().scaling().word() + ", of " + fleet.provider()
          : "none";
    }

    private static String lanes(Settings settings) {
      return settings.pool().lanes().stream().map(LaneSpec::name).collect(Collectors.joining(", "));
    }

    private static String servers(Settings settings) {
      if (!settings.servers().isEmpty()) {
        return settings.servers().stream().map(ServerSpec::id).collect(Collectors.joining(", "));
      }
      if (settings.fleet().brings()) {
        return "those of the fleet";
      }
      return settings.sandboxes() > 0
          ? settings.sandboxes() + " embedded sandboxes"
          : "those that other nodes name";
    }
  }
}
