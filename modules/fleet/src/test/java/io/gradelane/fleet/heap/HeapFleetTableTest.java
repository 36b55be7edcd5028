package io.gradelane.fleet.heap;

import io.gradelane.fleet.FleetTable;
import io.gradelane.fleet.FleetTableContract;

final class HeapFleetTableTest extends FleetTableContract {

  @Override
  protected FleetTable table() {
    return new HeapFleetTable();
  }
}
