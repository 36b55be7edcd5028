package io.gradelane.api.servers;

import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The languages of the pool: the union over the servers that take runs, each with the newest version that one of them
 * has. Worked out anew only when the server map has changed. Used on one context only.
 */
public final class Languages {

  private final ServerMap servers;
  private @Nullable Map<String, ServerEntry> seen;
  private Set<String> anywhere = Set.of();
  private JobeAnswer answer = JobeAnswers.languages(Map.of());
  private String etag = "";

  public Languages(ServerMap servers) {
    this.servers = servers;
  }

  /** What {@code GET languages} answers. */
  public JobeAnswer answer() {
    refresh();
    return answer;
  }

  /** A strong one, with its quotes. */
  public String etag() {
    refresh();
    return etag;
  }

  /**
   * Whether a run in it can be waited for: some server has it, in whatever state that one is, or none has been reached
   * yet.
   *
   * @param language lower-case
   */
  public boolean isPossible(String language) {
    refresh();
    return anywhere.isEmpty() || anywhere.contains(language);
  }

  /** The language as a label of meters, of which there must not be as many as clients can invent. */
  public String label(String language) {
    return anywhere.contains(language) ? language : "other";
  }

  @SuppressWarnings(
      "ReferenceEquality") // A changed map is a new one, and comparing whole maps would cost each
  // run.
  private void refresh() {
    Map<String, ServerEntry> now = servers.snapshot();
    if (now != seen) {
      seen = now;
      read(now);
    }
  }

  private void read(Map<String, ServerEntry> now) {
    Set<String> all = new HashSet<>();
    Map<String, String> newest = new TreeMap<>();
    for (ServerEntry entry : now.values()) {
      all.addAll(entry.languages().keySet());
      if (entry.state().grantable()) {
        entry.languages().forEach((id, version) -> newest.merge(id, version, Versions::newer));
      }
    }
    anywhere = all;
    answer = JobeAnswers.languages(newest);
    etag = tag(Objects.requireNonNull(answer.body()));
  }

  private static String tag(Buffer body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(body.toString().getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
