package io.gradelane.fleet.provider;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.LaunchRefused;
import io.gradelane.fleet.Provider;
import io.gradelane.fleet.provider.Command.Result;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three commands of the operator's own: each reads one JSON object and writes one. {@code modules/fleet/README.md} says what
 * they read and write.
 */
public final class ExecProvider implements Provider {

  /** The exit code by which a launch command says that it has certainly started nothing. */
  static final int REFUSED = 10;

  private final Vertx vertx;
  private final String cluster;
  private final Command launch;
  private final Command list;
  private final Command terminate;

  public ExecProvider(
      Vertx vertx,
      String cluster,
      List<String> launch,
      List<String> list,
      List<String> terminate,
      Duration timeLimit) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.launch = new Command(launch, timeLimit);
    this.list = new Command(list, timeLimit);
    this.terminate = new Command(terminate, timeLimit);
  }

  @Override
  public Future<Listing> list() {
    return vertx.executeBlocking(this::listed, false);
  }

  @Override
  public Future<Listed> launch(HostId token) {
    return vertx.executeBlocking(() -> launched(token), false);
  }

  @Override
  public Future<Void> terminate(Host host) {
    return vertx.executeBlocking(
        () -> {
          JsonObject question =
              question().put("ref", host.ref()).put("token", host.id().value());
          succeeded(terminate, terminate.run(question.encode()));
          return null;
        },
        false);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /** Complete only if it says so: a command that was cut short must not look like an empty account. */
  private Listing listed() throws IOException, InterruptedException {
    Result result = list.run(question().encode());
    succeeded(list, result);
    JsonObject answer = json(list, result);
    if (!Boolean.TRUE.equals(answer.getValue("complete"))) {
      return new Listing.Failed(name(list) + ": no \"complete\": true in its answer");
    }
    List<Listed> hosts = new ArrayList<>();
    for (Object host : answer.getJsonArray("hosts")) {
      hosts.add(host(list, (JsonObject) host));
    }
    return new Listing.Complete(hosts);
  }

  private Listed launched(HostId token) throws IOException, InterruptedException {
    Result result = launch.run(question().put("token", token.value()).encode());
    if (result.exit() == REFUSED) {
      throw new LaunchRefused(name(launch) + ": " + result.complaint());
    }
    succeeded(launch, result);
    return host(launch, json(launch, result));
  }

  private JsonObject question() {
    return new JsonObject().put("cluster", cluster);
  }

  private static Listed host(Command command, JsonObject host) throws IOException {
    String ref = host.getString("ref", "");
    if (ref.isEmpty()) {
      throw new IOException(name(command) + ": host " + host + " (expected: a ref)");
    }
    return new Listed(
        ref, host.getString("token", ""), host.getString("address", ""), condition(host));
  }

  private static Condition condition(JsonObject host) {
    if (host.getBoolean("ended", false)) {
      return Condition.ENDED;
    }
    return host.getBoolean("broken", false) ? Condition.BROKEN : Condition.SOUND;
  }

  private static void succeeded(Command command, Result result) throws IOException {
    if (result.exit() != 0) {
      throw new IOException(name(command) + ": exit " + result.exit() + ": " + result.complaint());
    }
  }

  private static JsonObject json(Command command, Result result) throws IOException {
    try {
      return new JsonObject(result.output());
    } catch (DecodeException e) {
      throw new IOException(name(command) + ": its answer is not a JSON object", e);
    }
  }

  private static String name(Command command) {
    return command.words().getFirst();
  }
}
