package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSettingsTest {

  @TempDir
  Path folder;

  @Test
  void hostsAndBlocksMayBeAllowed() throws IOException {
    Settings settings = new Configuration(folder).yaml("""
        webhooks:
          allow: [grader.internal, 10.1.0.0/16]
          http: true
        """).settings();

    assertThat(settings.webhooks().allow()).containsExactly("grader.internal", "10.1.0.0/16");
    assertThat(settings.webhooks().http()).isTrue();
  }

  @Test
  void whatIsNeitherIsShown() throws IOException {
    Configuration configuration = new Configuration(folder).yaml("""
        webhooks:
          allow: [10.1.0.0/99]
        """);

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith("webhooks.allow")
        .contains("'10.1.0.0/99'");
  }
}
