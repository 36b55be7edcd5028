package io.gradelane.api.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostNamesTest {

  private final List<Promise<List<InetAddress>>> asked = new ArrayList<>();
  private final HostNames names = HostNames.shared(host -> {
    Promise<List<InetAddress>> answer = Promise.promise();
    asked.add(answer);
    return answer.future();
  });

  @Test
  void aHostIsAskedForOnceAtATime() {
    Future<List<InetAddress>> first = names.find("slow");
    Future<List<InetAddress>> second = names.find("slow");
    names.find("other");
    assertThat(asked).hasSize(2);

    asked.getFirst().complete(List.of(InetAddress.getLoopbackAddress()));
    assertThat(first.result()).hasSize(1);
    assertThat(second.result()).hasSize(1);
    names.find("slow");
    assertThat(asked).hasSize(3);
  }
}
