package io.gradelane.fleet.provider;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;

/**
 * What instances are run from.
 *
 * @param id of the launch template: {@code lt-...}
 * @param version a number, {@code $Default} or {@code $Latest}
 * @param port on which the server of an instance listens
 */
public record Ec2Template(String id, String version, int port) {

  private static final Duration CALL = Duration.ofSeconds(25);
  private static final Duration ATTEMPT = Duration.ofSeconds(8);

  LaunchTemplateSpecification specification() {
    return LaunchTemplateSpecification.builder()
        .launchTemplateId(id)
        .version(version)
        .build();
  }

  /**
   * A client with the credentials of this process (environment, profile, instance), and with time limits below those of
   * the loop.
   *
   * @param endpoint another than the region's own, or null
   */
  public static Ec2Client client(String region, @Nullable URI endpoint) {
    return builder(region, endpoint).build();
  }

  static Ec2ClientBuilder builder(String region, @Nullable URI endpoint) {
    Ec2ClientBuilder builder = Ec2Client.builder()
        .region(Region.of(region))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(ClientOverrideConfiguration.builder()
            .apiCallTimeout(CALL)
            .apiCallAttemptTimeout(ATTEMPT)
            .build());
    return endpoint == null ? builder : builder.endpointOverride(endpoint);
  }
}
