package io.gradelane.fleet.provider;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.LaunchRefused;
import io.gradelane.fleet.Provider;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;

final class Ec2ProviderTest extends ProviderContract {

  private static final Ec2Template TEMPLATE = new Ec2Template("lt-0123", "$Latest", 4000);

  private final Map<String, Ec2Client> clients = new HashMap<>();
  private final ScriptedEc2 ec2 = new ScriptedEc2();

  Ec2ProviderTest() throws IOException {}

  @BeforeEach
  void listLate() {
    ec2.hideLaunched(2);
  }

  @Override
  void shutAccount() {
    clients.values().forEach(Ec2Client::close);
    ec2.close();
  }

  @Override
  Provider provider(String cluster) {
    Ec2Client client = clients.computeIfAbsent(
        cluster,
        name -> Ec2Template.builder("eu-central-1", ec2.uri())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .build());
    return new Ec2Provider(vertx, client, TEMPLATE, cluster);
  }

  @Test
  void aLaunchAsksForOneInstanceOfTheTemplateUnderTheTokenWithBothTags() {
    get(provider("one").launch(new HostId("h1")));

    assertThat(ec2.requests("RunInstances").getFirst())
        .containsEntry("LaunchTemplate.LaunchTemplateId", "lt-0123")
        .containsEntry("LaunchTemplate.Version", "$Latest")
        .containsEntry("MinCount", "1")
        .containsEntry("MaxCount", "1")
        .containsEntry("ClientToken", "h1")
        .containsEntry("TagSpecification.1.ResourceType", "instance")
        .containsEntry("TagSpecification.1.Tag.1.Key", "gradelane-cluster")
        .containsEntry("TagSpecification.1.Tag.1.Value", "one")
        .containsEntry("TagSpecification.1.Tag.2.Value", "h1");
  }

  @Test
  void allPagesAreListed() {
    ec2.hideLaunched(0);
    for (int i = 1; i <= 5; i++) {
      get(provider("one").launch(new HostId("h" + i)));
    }

    assertThat(listed(provider("one")))
        .extracting(Listed::token)
        .containsExactly("h1", "h2", "h3", "h4", "h5");
    assertThat(ec2.requests("DescribeInstances")).hasSize(3);
  }

  @Test
  void aPageThatFailsFailsTheWholeListing() {
    ec2.hideLaunched(0);
    for (int i = 1; i <= 3; i++) {
      get(provider("one").launch(new HostId("h" + i)));
    }
    ec2.fail("DescribeInstances", 1, 400, "UnauthorizedOperation");

    assertThat(get(provider("one").list()))
        .isInstanceOfSatisfying(
            Listing.Failed.class, failed -> assertThat(failed.why()).startsWith("ec2: scripted"));
  }

  @Test
  void whatStopsOrShutsDownIsBrokenAndWhatIsTerminatedHasEnded() {
    Map<String, String> tags = Map.of("gradelane-cluster", "one", "gradelane-host", "h");
    ec2.put("i-run", "running", tags);
    ec2.put("i-stop", "stopped", tags);
    ec2.put("i-down", "shutting-down", tags);
    ec2.put("i-gone", "terminated", tags);
    ec2.put("i-foreign", "running", Map.of("gradelane-cluster", "another", "gradelane-host", "h"));
    ec2.put("i-bare", "running", Map.of());

    assertThat(listed(provider("one")))
        .extracting(Listed::ref, Listed::condition)
        .containsExactly(
            tuple("i-run", Condition.SOUND),
            tuple("i-stop", Condition.BROKEN),
            tuple("i-down", Condition.BROKEN),
            tuple("i-gone", Condition.ENDED));
    ec2.put("i-stop", "terminated", tags);
    ec2.put("i-foreign", "terminated", tags);
  }

  @Test
  void throttlingIsWaitedOut() {
    ec2.fail("RunInstances", 2, 503, "RequestLimitExceeded");

    assertThat(get(provider("one").launch(new HostId("h1"))).ref()).isEqualTo("i-1");
  }

  @Test
  void throttlingThatGoesOnIsNoRefusal() {
    ec2.fail("RunInstances", 20, 503, "RequestLimitExceeded");

    assertThat(failure(provider("one").launch(new HostId("h1"))))
        .isNotInstanceOf(LaunchRefused.class);
    assertThat(ec2.living()).isZero();
  }

  @Test
  void whatEc2WillNotStartIsRefusedInItsWords() {
    ec2.fail("RunInstances", 1, 400, "InstanceLimitExceeded");

    assertThat(failure(provider("one").launch(new HostId("h1"))))
        .isInstanceOf(LaunchRefused.class)
        .hasMessage("ec2: InstanceLimitExceeded: scripted");
  }

  private static Throwable failure(Future<?> future) {
    return get(future
        .<Throwable>map(done -> new AssertionError("it succeeded: " + done))
        .recover(Future::succeededFuture));
  }
}
