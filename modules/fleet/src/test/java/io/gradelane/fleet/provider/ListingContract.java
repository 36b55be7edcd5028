package io.gradelane.fleet.provider;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.Provider;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every provider does, whether it launches or not. */
abstract class ListingContract {

  static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  static Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void shut() {
    get(vertx.close());
  }

  /** The same accounts each time in one test; opened anew. */
  abstract Provider provider(String cluster) throws Exception;

  @Test
  void aListingIsComplete() throws Exception {
    assertThat(get(provider("one").list())).isInstanceOf(Listing.Complete.class);
  }

  @Test
  void endingWhatThereIsNotSucceeds() throws Exception {
    Provider provider = provider("one");

    assertThat(get(provider.terminate(host("never", "")).map("done"))).isEqualTo("done");
    assertThat(get(provider.terminate(host("never", "i-0123")).map("done"))).isEqualTo("done");
  }

  @Test
  void openedAnewItListsTheSame() throws Exception {
    assertThat(listed(provider("one"))).isEqualTo(listed(provider("one")));
  }

  static List<Listed> listed(Provider provider) {
    return ((Listing.Complete) get(provider.list())).hosts();
  }

  /** Those that have not ended. */
  static List<Listed> living(Provider provider) {
    return listed(provider).stream()
        .filter(one -> one.condition() != Condition.ENDED)
        .toList();
  }

  static Host host(String token, String ref) {
    return Host.born(new HostId(token), ref, "", HostState.adopt("test", NOW));
  }
}
