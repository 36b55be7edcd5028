package io.gradelane.fleet.provider;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.LaunchRefused;
import io.gradelane.fleet.Provider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/**
 * Instances of EC2, run from a launch template. They bear two tags: {@code gradelane-cluster}, by whose <em>value</em> they
 * are listed, and {@code gradelane-host}, the token that is also the client token of the request.
 */
public final class Ec2Provider implements Provider {

  static final String CLUSTER_TAG = "gradelane-cluster";
  static final String HOST_TAG = "gradelane-host";

  /** Answers of 4xx after which an instance may exist, or the same request may yet be granted. */
  private static final Set<String> NOT_REFUSED = Set.of(
      "RequestLimitExceeded", "Throttling", "ThrottlingException", "IdempotentParameterMismatch");

  private static final int PAGE = 500;

  private final Vertx vertx;
  private final Ec2Client client;
  private final Ec2Template template;
  private final String cluster;

  /** @param client closed with this provider */
  public Ec2Provider(Vertx vertx, Ec2Client client, Ec2Template template, String cluster) {
    this.vertx = vertx;
    this.client = client;
    this.template = template;
    this.cluster = cluster;
  }

  @Override
  public Future<Listing> list() {
    return vertx.executeBlocking(this::listed, false);
  }

  @Override
  public Future<Listed> launch(HostId token) {
    return vertx.executeBlocking(() -> launched(token), false);
  }

  @Override
  public Future<Void> terminate(Host host) {
    return vertx.executeBlocking(
        () -> {
          if (!host.ref().isEmpty()) {
            end(host.ref());
          }
          return null;
        },
        false);
  }

  @Override
  public Future<Void> close() {
    return vertx.executeBlocking(() -> {
      client.close();
      return null;
    });
  }

  /** All pages, or nothing: a page that fails fails the whole. */
  private Listing listed() {
    DescribeInstancesRequest request = DescribeInstancesRequest.builder()
        .filters(filter("tag:" + CLUSTER_TAG, List.of(cluster)))
        .maxResults(PAGE)
        .build();
    List<Listed> hosts = new ArrayList<>();
    try {
      for (Reservation reservation : client.describeInstancesPaginator(request).reservations()) {
        reservation.instances().forEach(instance -> hosts.add(host(instance)));
      }
    } catch (SdkException e) {
      return new Listing.Failed("ec2: " + e.getMessage());
    }
    return new Listing.Complete(hosts);
  }

  private Listed launched(HostId token) {
    RunInstancesRequest request = RunInstancesRequest.builder()
        .launchTemplate(template.specification())
        .minCount(1)
        .maxCount(1)
        .clientToken(token.value())
        .tagSpecifications(tags(token.value()))
        .build();
    try {
      return host(client.runInstances(request).instances().getFirst());
    } catch (Ec2Exception e) {
      if (refused(e)) {
        throw new LaunchRefused("ec2: " + code(e) + ": " + e.awsErrorDetails().errorMessage());
      }
      throw e;
    }
  }

  private void end(String ref) {
    try {
      client.terminateInstances(
          TerminateInstancesRequest.builder().instanceIds(ref).build());
    } catch (Ec2Exception e) {
      if (!code(e).startsWith("InvalidInstanceID")) {
        throw e;
      }
    }
  }

  private Listed host(Instance instance) {
    String token = instance.tags().stream()
        .filter(tag -> tag.key().equals(HOST_TAG))
        .map(Tag::value)
        .findFirst()
        .orElse("");
    String address = instance.privateIpAddress() == null
        ? ""
        : "http://" + instance.privateIpAddress() + ":" + template.port();
    return new Listed(
        instance.instanceId(), token, address, condition(instance.state().name()));
  }

  /** What is terminated EC2 goes on to tell for an hour. */
  private static Condition condition(InstanceStateName state) {
    return switch (state) {
      case PENDING, RUNNING -> Condition.SOUND;
      case TERMINATED -> Condition.ENDED;
      default -> Condition.BROKEN;
    };
  }

  private TagSpecification tags(String token) {
    return TagSpecification.builder()
        .resourceType(ResourceType.INSTANCE)
        .tags(tag(CLUSTER_TAG, cluster), tag(HOST_TAG, token))
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static boolean refused(Ec2Exception e) {
    return e.statusCode() >= 400 && e.statusCode() < 500 && !NOT_REFUSED.contains(code(e));
  }

  private static String code(Ec2Exception e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
