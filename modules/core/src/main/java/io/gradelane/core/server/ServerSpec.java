package io.gradelane.core.server;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of a server: one Jobe host.
 *
 * @param id short name for logs, metrics and the console; unique in the pool
 * @param url scheme, host, port and, if any, the path before {@code /jobe/index.php/restapi}; no trailing slash
 * @param apiKey sent as {@code X-API-KEY}, or null
 * @param slots most runs in flight, 1 or more
 * @param cores runs in flight up to which its wall-clock verdicts are believed, 1 or more, at most {@code slots}
 * @param weight share of the load relative to the others, above 0
 * @param labels free words of the operator's
 */
public record ServerSpec(
    String id,
    URI url,
    @Nullable String apiKey,
    int slots,
    int cores,
    double weight,
    Map<String, String> labels) {

  public ServerSpec {
    if (slots < 1 || cores < 1 || cores > slots) {
      throw new IllegalArgumentException("server " + id + ": slots " + slots + ", cores " + cores
          + " (expected: 1 <= cores <= slots)");
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "server " + id + ": weight " + weight + " (expected: above 0)");
    }
    labels = Map.copyOf(labels);
  }

  /** Half the slots, at least one: what {@code cores} is when nobody says. */
  public static int defaultCores(int slots) {
    return Math.max(1, slots / 2);
  }

  /** The same with other labels. */
  public ServerSpec labelled(Map<String, String> newLabels) {
    return new ServerSpec(id, url, apiKey, slots, cores, weight, newLabels);
  }

  @Override
  public String toString() {
    return "ServerSpec[" + id + " " + url + ", slots " + slots + ", cores " + cores + ", weight "
        + weight + "]";
  }
}
