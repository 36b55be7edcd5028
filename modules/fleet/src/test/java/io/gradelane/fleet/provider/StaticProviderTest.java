package io.gradelane.fleet.provider;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.Provider;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StaticProviderTest extends ListingContract {

  @Override
  Provider provider(String cluster) {
    return new StaticProvider(
        () -> List.of(URI.create("http://jobe1:4000"), URI.create("http://jobe2:4000")));
  }

  @Test
  void itListsTheConfigurationAndLaunchesNothing() {
    assertThat(listed(provider("one")))
        .extracting(Listed::address)
        .containsExactly("http://jobe1:4000", "http://jobe2:4000");
    String refused = get(provider("one")
        .launch(new HostId("h1"))
        .map("launched")
        .otherwise(cause -> String.valueOf(cause.getMessage())));
    assertThat(refused).isEqualTo("the hosts are those of the configuration");
  }
}
