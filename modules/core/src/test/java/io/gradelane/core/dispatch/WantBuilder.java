package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A want with everything ordinary but what a test says. */
final class WantBuilder {

  private final RunId run;
  private final String lane;
  private int attempt = 1;
  private String tenant = "school";
  private String user = "";
  private String language = "python3";
  private @Nullable String job;
  private long files;
  private int cost = 1000;
  private long waited;
  private long patience = Long.MAX_VALUE / 2;
  private boolean quiet;
  private Set<String> excluded = Set.of();
  private @Nullable String pinned;

  WantBuilder(RunId run, String lane) {
    this.run = run;
    this.lane = lane;
  }

  WantBuilder attempt(int number) {
    attempt = number;
    return this;
  }

  WantBuilder tenant(String name) {
    tenant = name;
    return this;
  }

  WantBuilder user(String name) {
    user = name;
    return this;
  }

  WantBuilder language(String id) {
    language = id;
    return this;
  }

  WantBuilder job(String key) {
    job = key;
    return this;
  }

  WantBuilder files(long hash) {
    files = hash;
    return this;
  }

  WantBuilder cost(int millis) {
    cost = millis;
    return this;
  }

  WantBuilder waited(long millis) {
    waited = millis;
    return this;
  }

  WantBuilder patience(long millis) {
    patience = millis;
    return this;
  }

  WantBuilder quiet() {
    quiet = true;
    return this;
  }

  WantBuilder not(String... servers) {
    excluded = Set.of(servers);
    return this;
  }

  WantBuilder pinned(String server) {
    pinned = server;
    return this;
  }

  Want build() {
    return new Want(
        run, attempt, lane, tenant, user, language, job, files, cost, waited, patience, quiet,
        excluded, pinned);
  }
}
