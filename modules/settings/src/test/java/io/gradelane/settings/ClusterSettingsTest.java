package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {

  private static final String SECRET = "correct horse battery";

  @TempDir
  Path folder;

  private Configuration configuration = new Configuration(Path.of(""));

  @BeforeEach
  void begin() {
    configuration = new Configuration(folder);
  }

  @Test
  void threeNodesOnOneMachineNeedNothingButTheirNeighbours() throws IOException {
    configuration.env("GRADELANE_CLUSTER_MEMBERS", "127.0.0.1:5701, 127.0.0.1:5702");
    configuration.env("GRADELANE_CLUSTER_PORT", "5702");

    Settings.Cluster cluster = configuration.settings().cluster();

    assertThat(cluster.clustered()).isTrue();
    assertThat(cluster.port()).isEqualTo(5702);
    assertThat(cluster.members()).containsExactly("127.0.0.1:5701", "127.0.0.1:5702");
  }

  @Test
  void aServiceInKubernetesMakesACluster() throws IOException {
    configuration.yaml("""
        cluster:
          host: 10.1.2.3
          secret: %s
          kubernetes:
            service: gradelane.default.svc.cluster.local
        """.formatted(SECRET));

    assertThat(configuration.settings().cluster().clustered()).isTrue();
    assertThat(configuration.settings().cluster().kubernetesService())
        .isEqualTo("gradelane.default.svc.cluster.local");
  }

  @Test
  void nodesOfSeveralMachinesNeedASecret() throws IOException {
    configuration.yaml("""
        cluster:
          host: 10.0.0.1
          members: ["10.0.0.2:5701"]
        """);

    assertThat(configuration.problems()).singleElement().asString().startsWith("cluster.secret");
  }

  @Test
  void aSecretIsNeverShown() throws IOException {
    configuration.env("GRADELANE_CLUSTER_SECRET", "too short");

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith("cluster.secret")
        .doesNotContain("too short");
    assertThat(new Configuration(folder)
            .env("GRADELANE_CLUSTER_SECRET", SECRET)
            .settings()
            .toString())
        .doesNotContain(SECRET);
  }

  @Test
  void whatIsNoAddressOfAMemberIsTold() throws IOException {
    configuration.yaml("""
        cluster:
          host: 0.0.0.0
          members: [node2, "node3:99999", "[::1]:5701", "node4:5701"]
        """);

    assertThat(configuration.problems()).hasSize(3);
    assertThat(String.join("\n", configuration.problems()))
        .contains(
            "cluster.host: 0.0.0.0", "cluster.members: node2", "cluster.members: node3:99999");
  }

  @Test
  void membersAreNamedOrFoundNotBoth() throws IOException {
    configuration.yaml("""
        cluster:
          members: ["127.0.0.1:5701"]
          kubernetes: {service: gradelane}
        """);

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .contains("either members or kubernetes.service");
  }

  @Test
  void aClusteredNodeMayHaveNoServersOfItsOwn() throws IOException {
    configuration.env("GRADELANE_CLUSTER_MEMBERS", "127.0.0.1:5701");
    configuration.env("GRADELANE_SANDBOX_COUNT", "0");

    assertThat(configuration.settings().sandboxes()).isZero();
  }

  @Test
  void sandboxesAreOnlyStartedWhereEveryNodeReachesThem() throws IOException {
    assertThat(configuration.settings().sandboxes()).isEqualTo(2);
    configuration.env("GRADELANE_CLUSTER_MEMBERS", "127.0.0.1:5701");
    assertThat(configuration.settings().sandboxes()).isEqualTo(2);
    configuration.env("GRADELANE_CLUSTER_HOST", "10.0.0.1");
    configuration.env("GRADELANE_CLUSTER_SECRET", SECRET);
    assertThat(configuration.settings().sandboxes()).isZero();
  }

  @Test
  void whatKubernetesSetsForAServiceIsNoPort() throws IOException {
    configuration.env("GRADELANE_CLUSTER_PORT", "tcp://10.96.0.12:5701");

    assertThat(configuration.settings().cluster().port()).isEqualTo(5701);
  }

  @Test
  void aFingerprintTellsWhichPartDiffersAndNothingElse() throws IOException {
    String one = Fingerprint.of(configuration.settings());
    String same = Fingerprint.of(new Configuration(folder)
        .env("GRADELANE_HTTP_PORT", "8081")
        .env("GRADELANE_DATA_DIR", "elsewhere")
        .env("GRADELANE_LOG_LEVEL", "warn")
        .settings());
    String other = Fingerprint.of(
        new Configuration(folder).env("GRADELANE_POOL_NAME", "other").settings());

    assertThat(same).isEqualTo(one);
    assertThat(one.split(" ")).hasSameSizeAs(other.split(" "));
    assertThat(Fingerprint.differing(one, other)).containsExactly("pool");
    assertThat(Fingerprint.differing(one, same)).isEmpty();
  }
}
