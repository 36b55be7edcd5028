package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.operator.Keeper;
import io.gradelane.store.operator.SettingChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /api/v1/settings/changes}: what operators have set, who, when, from what to what; newest first. */
final class Changes {

  private static final int USUAL = 100;
  private static final int MOST = 500;

  private final Keeper keeper;

  Changes(Keeper keeper) {
    this.keeper = keeper;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/settings/changes", Tenant.ADMIN, this::list));
  }

  private void list(Call call) {
    Query query = new Query(call);
    long before = query.whole("before", Long.MAX_VALUE);
    int size = (int) Math.min(MOST, query.whole("size", USUAL));
    if (query.isWrong()) {
      return;
    }
    keeper
        .changes(before, size)
        .onSuccess(changes -> call.answer(200, json(changes, size)))
        .onFailure(failure -> call.noDatabase());
  }

  private static JsonObject json(List<SettingChange> changes, int size) {
    JsonArray all = new JsonArray();
    changes.forEach(change -> all.add(SettingsJson.change(change)));
    return new JsonObject()
        .put("changes", all)
        .put("next", changes.size() < size ? null : (Long) changes.getLast().number());
  }
}
