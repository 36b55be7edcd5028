package io.gradelane.cluster.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/** {@code bin/gradelane bench fleet-real}: the fleet that really runs, under a batch that needs all of it. */
public final class FleetReal {

  private static final int MANY = 2_000;
  private static final int FEW = 300;

  private FleetReal() {}

  /** {@code --svg FILE}, {@code --smoke}. */
  public static void main(String[] args) throws IOException {
    List<String> options = Arrays.asList(args);
    FleetSurge surge = options.contains("--smoke") ? new FleetSurge(FEW) : new FleetSurge(MANY);
    System.out.println(surge.says());
    Sheet sheet = surge.run(1);
    sheet.keep();
    System.out.println(Sheet.head());
    System.out.println(sheet.table());
    int svg = options.indexOf("--svg");
    if (svg >= 0 && svg + 1 < options.size()) {
      Path drawn = House.results(surge.name()).resolve("fleet.svg");
      Files.copy(drawn, Path.of(options.get(svg + 1)), StandardCopyOption.REPLACE_EXISTING);
      System.out.println("drawn: " + options.get(svg + 1));
    }
    System.exit(sheet.isReached() ? 0 : 1);
  }
}
