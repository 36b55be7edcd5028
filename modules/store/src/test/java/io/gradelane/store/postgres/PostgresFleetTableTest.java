package io.gradelane.store.postgres;

import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.FleetTableContract;
import org.junit.jupiter.api.AfterAll;

final class PostgresFleetTableTest extends FleetTableContract {

  private static final OwnStore OWN = new OwnStore();

  @AfterAll
  static void close() {
    OWN.close();
  }

  @Override
  protected FleetTable table() {
    OWN.run("DELETE FROM fleet_host");
    OWN.run("DELETE FROM fleet_sample");
    OWN.run("UPDATE fleet_fence SET newest = 0");
    return OWN.store().fleet();
  }
}
