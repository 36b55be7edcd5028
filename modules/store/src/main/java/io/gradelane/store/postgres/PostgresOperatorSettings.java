package io.gradelane.store.postgres;

import io.gradelane.store.operator.OperatorSettings;
import io.gradelane.store.operator.Saying;
import io.gradelane.store.operator.Saying.Value;
import io.gradelane.store.operator.Setting;
import io.gradelane.store.operator.SettingChange;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;

/** What operators have set, as rows. */
final class PostgresOperatorSettings implements OperatorSettings {

  private final Database database;

  PostgresOperatorSettings(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> keep(String pool, Saying saying) {
    return database
        .send(
            "settings_keep",
            pool,
            saying.subject(),
            saying.version(),
            saying.by(),
            Columns.texts(saying.values(), Value::name),
            Columns.texts(saying.values(), Value::value),
            Columns.texts(saying.values(), Value::configured))
        .mapEmpty();
  }

  @Override
  public Future<List<Setting>> all(String pool) {
    return database
        .send("settings_all", pool)
        .map(rows -> Database.list(rows, PostgresOperatorSettings::setting));
  }

  @Override
  public Future<List<SettingChange>> changes(String pool, long before, int limit) {
    return database
        .send("settings_changes", pool, before, limit)
        .map(rows -> Database.list(rows, PostgresOperatorSettings::change));
  }

  private static Setting setting(Row row) {
    return new Setting(
        row.getString("subject"),
        row.getString("name"),
        row.getString("value"),
        row.getLong("version"),
        row.getString("changed_by"),
        row.getOffsetDateTime("changed_at").toInstant());
  }

  private static SettingChange change(Row row) {
    return new SettingChange(
        row.getLong("number"),
        row.getString("subject"),
        row.getString("name"),
        row.getString("was"),
        row.getString("became"),
        row.getString("changed_by"),
        row.getOffsetDateTime("changed_at").toInstant());
  }
}
