package io.gradelane.fleet.provider;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.Provider;
import io.gradelane.testkit.Eventually;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every provider does that launches. */
abstract class ProviderContract extends ListingContract {

  /** Called when all has ended. */
  void shutAccount() {}

  @AfterEach
  void endAll() throws Exception {
    for (String cluster : List.of("one", "other")) {
      Provider provider = provider(cluster);
      Eventually.await("all ended", () -> {
        List<Listed> left = living(provider);
        left.forEach(one -> get(provider.terminate(host("left", one.ref()))));
        return left.isEmpty();
      });
    }
    shutAccount();
  }

  @Test
  void whatIsLaunchedIsListedUnderItsToken() throws Exception {
    Provider provider = provider("one");

    Listed launched = get(provider.launch(new HostId("h1")));

    assertThat(launched.ref()).isNotEmpty();
    Eventually.await("listed", () -> refs(provider, "h1").equals(List.of(launched.ref())));
  }

  @Test
  void itsServerHasAnAddressInTheEnd() throws Exception {
    Provider provider = provider("one");
    get(provider.launch(new HostId("h1")));

    Eventually.await(
        "address",
        () -> listed(provider).stream().anyMatch(one -> one.address().startsWith("http://")));
  }

  @Test
  void theSameTokenTwiceIsTheSameHost() throws Exception {
    Provider provider = provider("one");

    String ref = get(provider.launch(new HostId("h1"))).ref();

    assertThat(get(provider.launch(new HostId("h1"))).ref()).isEqualTo(ref);
    assertThat(get(provider("one").launch(new HostId("h1"))).ref()).isEqualTo(ref);
    Eventually.await("listed", () -> refs(provider, "h1").equals(List.of(ref)));
  }

  @Test
  void whatIsTerminatedNoLongerLivesHoweverOftenItIsAsked() throws Exception {
    Provider provider = provider("one");
    String ended = get(provider.launch(new HostId("h1"))).ref();
    String kept = get(provider.launch(new HostId("h2"))).ref();

    Eventually.await("ended", () -> {
      get(provider.terminate(host("h1", ended)));
      return refs(provider, "h1").isEmpty();
    });

    Eventually.await("kept", () -> refs(provider, "h2").equals(List.of(kept)));
  }

  @Test
  void anotherClusterIsNotListed() throws Exception {
    Provider one = provider("one");
    Provider other = provider("other");
    get(one.launch(new HostId("h1")));
    String ref = get(other.launch(new HostId("h2"))).ref();

    Eventually.await("listed", () -> !listed(one).isEmpty() && !listed(other).isEmpty());
    assertThat(listed(one)).extracting(Listed::token).containsExactly("h1");
    assertThat(listed(other)).extracting(Listed::ref).containsExactly(ref);
  }

  @Test
  void openedAnewItFindsAndEndsWhatThereIs() throws Exception {
    String ref = get(provider("one").launch(new HostId("h1"))).ref();

    Provider again = provider("one");
    Eventually.await("found", () -> refs(again, "h1").equals(List.of(ref)));
    Eventually.await("ended", () -> {
      get(again.terminate(host("h1", ref)));
      return living(again).isEmpty();
    });
  }

  static List<String> refs(Provider provider, String token) {
    return living(provider).stream()
        .filter(one -> one.token().equals(token))
        .map(Listed::ref)
        .toList();
  }
}
