package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Headers;
import io.gradelane.api.operator.Keeper;
import io.gradelane.api.operator.Restoring;
import io.gradelane.api.operator.ServerValues;
import io.gradelane.api.servers.Languages;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.store.operator.Saying;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/servers}: what there is, and the operator's word to health about it, which is kept if there is a database,
 * and can be taken back.
 */
final class Servers {

  private final ServerMap servers;
  private final Languages languages;
  private final EventBus bus;
  private final Keeper keeper;
  private final Restoring restoring;
  private final String health;

  Servers(
      ServerMap servers,
      Languages languages,
      EventBus bus,
      Keeper keeper,
      Restoring restoring,
      String pool,
      String node) {
    this.servers = servers;
    this.languages = languages;
    this.bus = bus;
    this.keeper = keeper;
    this.restoring = restoring;
    health = Addresses.health(pool, node);
  }

  /** The old proxy's {@code force_update} is a refresh, by whatever method. */
  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/servers", Tenant.ADMIN, this::list),
        Route.of("GET", "/api/v1/servers/:id", Tenant.ADMIN, this::one),
        Route.of("PATCH", "/api/v1/servers/:id", Tenant.ADMIN, this::change),
        Route.of("DELETE", "/api/v1/servers/:id/settings", Tenant.ADMIN, this::reset),
        Route.of("POST", "/api/v1/servers/refresh", Tenant.ADMIN, this::refresh),
        Route.of("GET", "/force_update", Tenant.ADMIN, this::refresh),
        Route.of("POST", "/force_update", Tenant.ADMIN, this::refresh));
  }

  private void list(Call call) {
    keeper
        .kept()
        .onSuccess(kept ->
            call.answer(200, new JsonObject().put("servers", ServerJson.list(all(), kept))));
  }

  private Collection<ServerEntry> all() {
    return servers.snapshot().values();
  }

  private void one(Call call) {
    ServerEntry entry = servers.snapshot().get(call.element("id"));
    if (entry == null) {
      unknown(call, call.element("id"));
    } else {
      keeper.kept().onSuccess(kept -> show(call, entry, ServerJson.of(entry, kept)));
    }
  }

  private static void show(Call call, ServerEntry entry, JsonObject json) {
    call.exchange().put(HttpHeaders.ETAG, etag(entry));
    call.answer(200, json);
  }

  private void refresh(Call call) {
    ask(call, new HealthCommand.Refresh(), answer -> {
      if (answer instanceof HealthAnswer.Refreshed refreshed) {
        refreshed(call, refreshed.problem());
      } else {
        unexpected(call, answer);
      }
    });
  }

  /** A server that has come by it is set as it was when it was last here. */
  private void refreshed(Call call, String problem) {
    restoring
        .restore()
        .compose(said -> keeper.kept())
        .onSuccess(kept -> call.answer(
            200,
            new JsonObject()
                .put(
                    "languages",
                    new JsonArray(Objects.requireNonNull(languages.answer().body())))
                .put("servers", ServerJson.list(all(), kept))
                .put("problem", problem)));
  }

  private void change(Call call) {
    ServerChange.read(call).ifPresent(command -> change(call, command));
  }

  private void reset(Call call) {
    Long version = IfMatch.version(call);
    if (version != null) {
      change(call, new HealthCommand.Reset(call.element("id"), version));
    }
  }

  private void change(Call call, HealthCommand.Change command) {
    ask(call, command, answer -> {
      switch (answer) {
        case HealthAnswer.Changed changed -> keep(call, command, changed.server());
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
        case HealthAnswer.Restored restored -> unexpected(call, restored);
        case HealthAnswer.Outdated outdated -> unexpected(call, outdated);
        case HealthAnswer.Settled settled -> unexpected(call, settled);
      }
    });
  }

  private void keep(Call call, HealthCommand.Change command, ServerEntry server) {
    Map<String, @Nullable Object> configured = ServerValues.configured(server.configured());
    Saying saying = new Saying(
        ServerValues.subject(server.id()),
        server.said().at(),
        call.tenant().name(),
        SettingsJson.values(
            names(command, configured.keySet()), ServerValues.said(server.said()), configured));
    keeper
        .keep(saying)
        .onSuccess(done -> keeper
            .kept()
            .onSuccess(kept -> show(call, server, ServerJson.of(server, kept).put("kept", done))));
  }

  /** What a command speaks of. */
  private static Set<String> names(HealthCommand.Change command, Set<String> all) {
    return switch (command) {
      case HealthCommand.Drain drain -> Set.of("drain");
      case HealthCommand.Undrain undrain -> Set.of("drain");
      case HealthCommand.SetWeight weight -> Set.of("weight");
      case HealthCommand.SetSlots slots -> Set.of("slots", "cores");
      case HealthCommand.Reset reset -> all;
    };
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
