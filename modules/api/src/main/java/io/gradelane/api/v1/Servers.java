package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Headers;
import io.gradelane.api.servers.Languages;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@code /api/v1/servers}: what there is, and the operator's word to health about it. */
public final class Servers {

  private final ServerMap servers;
  private final Languages languages;
  private final EventBus bus;
  private final String health;

  public Servers(ServerMap servers, Languages languages, EventBus bus, String pool, String node) {
    this.servers = servers;
    this.languages = languages;
    this.bus = bus;
    health = Addresses.health(pool, node);
  }

  /** The old proxy's {@code force_update} is a refresh, by whatever method. */
  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/servers", Tenant.ADMIN, this::list),
        Route.of("GET", "/api/v1/servers/:id", Tenant.ADMIN, this::one),
        Route.of("PATCH", "/api/v1/servers/:id", Tenant.ADMIN, this::change),
        Route.of("POST", "/api/v1/servers/refresh", Tenant.ADMIN, this::refresh),
        Route.of("GET", "/force_update", Tenant.ADMIN, this::refresh),
        Route.of("POST", "/force_update", Tenant.ADMIN, this::refresh));
  }

  private void list(Call call) {
    call.answer(
        200, new JsonObject().put("servers", ServerJson.list(servers.snapshot().values())));
  }

  private void one(Call call) {
    ServerEntry entry = servers.snapshot().get(call.element("id"));
    if (entry == null) {
      unknown(call, call.element("id"));
    } else {
      show(call, entry);
    }
  }

  private static void show(Call call, ServerEntry entry) {
    call.exchange().put(HttpHeaders.ETAG, etag(entry));
    call.answer(200, ServerJson.of(entry));
  }

  private void refresh(Call call) {
    ask(call, new HealthCommand.Refresh(), answer -> {
      if (answer instanceof HealthAnswer.Refreshed refreshed) {
        call.answer(200, refreshed(refreshed));
      } else {
        unexpected(call, answer);
      }
    });
  }

  private JsonObject refreshed(HealthAnswer.Refreshed refreshed) {
    Object pairs = new JsonArray(Objects.requireNonNull(languages.answer().body()));
    return new JsonObject()
        .put("languages", pairs)
        .put("servers", ServerJson.list(new TreeMap<>(refreshed.servers()).values()))
        .put("problem", refreshed.problem());
  }

  private void change(Call call) {
    ServerChange.read(call)
        .ifPresent(command -> ask(call, command, answer -> {
          switch (answer) {
            case HealthAnswer.Changed changed -> show(call, changed.server());
            case HealthAnswer.Stale stale ->
              call.fail(new Problem(
                  412,
                  "stale",
                  "It has changed meanwhile: the entity tag is " + etag(stale.current())));
            case HealthAnswer.NoSuchServer none -> unknown(call, none.id());
            case HealthAnswer.Invalid invalid -> call.fail(Problem.invalid("", invalid.text()));
            case HealthAnswer.Refreshed refreshed -> unexpected(call, refreshed);
            case HealthAnswer.Configured configured -> unexpected(call, configured);
            case HealthAnswer.Probed probed -> unexpected(call, probed);
            case HealthAnswer.Outdated outdated -> unexpected(call, outdated);
            case HealthAnswer.Settled settled -> unexpected(call, settled);
          }
        }));
  }

  private void ask(Call call, HealthCommand command, Consumer<HealthAnswer> then) {
    bus.<HealthAnswer>request(health, command)
        .map(Message::body)
        .onSuccess(answer -> {
          try {
            then.accept(answer);
          } catch (RuntimeException broken) {
            call.exchange().crash(broken);
          }
        })
        .onFailure(silence -> {
          call.exchange().put(Headers.RETRY_AFTER, "1");
          call.fail(new Problem(503, "no_health", "Nobody who watches the servers has answered"));
        });
  }

  private static void unknown(Call call, String id) {
    call.fail(new Problem(404, "no_such_server", "There is no server '" + id + "'"));
  }

  private static void unexpected(Call call, HealthAnswer answer) {
    call.exchange().crash(new IllegalStateException("unexpected answer " + answer));
  }

  static String etag(ServerEntry entry) {
    return IfMatch.etag(entry.version());
  }
}
