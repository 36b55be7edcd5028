package io.gradelane.store.heap;

import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.FleetTableContract;

final class HeapFleetTableTest extends FleetTableContract {

  @Override
  protected FleetTable table() {
    return new HeapFleetTable();
  }
}
