package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.server.ServerEntry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerTableTest {

  private final ServerTable table = new ServerTable();

  @Test
  void whatOneReadingLacksStays() {
    table.heard(entry("a", 1));
    table.heard(entry("b", 1));

    adopt(Map.of("b", entry("b", 2)), true);
    assertThat(table.all()).containsKeys("a", "b").containsValue(entry("b", 2));
    adopt(Map.of("a", entry("a", 1), "b", entry("b", 2)), true);
    adopt(Map.of(), true);
    assertThat(table.all()).containsKeys("a", "b");
  }

  @Test
  void whatTwoRegularReadingsLackIsGone() {
    table.heard(entry("a", 1));
    table.heard(entry("b", 1));

    adopt(Map.of("b", entry("b", 1)), true);
    adopt(Map.of("b", entry("b", 1)), true);
    assertThat(table.all()).containsOnlyKeys("b");
  }

  @Test
  void readingsInQuickSuccessionCountForNothing() {
    table.heard(entry("a", 1));

    adopt(Map.of(), true);
    adopt(Map.of(), false);
    adopt(Map.of(), false);
    assertThat(table.all()).containsOnlyKeys("a");
  }

  private void adopt(Map<String, ServerEntry> read, boolean regular) {
    assertThat(table.adopt(read, table.changes(), regular)).isTrue();
  }

  private static ServerEntry entry(String id, long version) {
    return ServerMapContract.entry(id, version);
  }
}
