package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.merge.SplitBrainMergeTypes.MapMergeTypes;
import io.gradelane.core.server.ServerState.Drained;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewestServerTest {

  private final NewestServer policy = new NewestServer();

  @Test
  void theHigherVersionStays() {
    byte[] older = ServerForm.write(ServerMapContract.entry("a", 4));
    byte[] newer = ServerForm.write(ServerMapContract.entry("a", 5));

    assertThat(policy.merge(entry(newer), entry(older))).isEqualTo(newer);
    assertThat(policy.merge(entry(older), entry(newer))).isEqualTo(newer);
  }

  @Test
  void ofTwoAlikeThatOfTheLargerSideStays() {
    byte[] coming = ServerForm.write(ServerMapContract.entry("a", 4));
    byte[] here =
        ServerForm.write(ServerMapContract.entry("a", 4).with(new Drained(Instant.EPOCH)));
    ByteBuffer.wrap(here).putLong(1, 4);

    assertThat(policy.merge(entry(coming), entry(here))).isEqualTo(here);
  }

  @Test
  void whatOnlyOneSideHasStays() {
    byte[] only = ServerForm.write(ServerMapContract.entry("a", 1));

    assertThat(policy.merge(entry(only), null)).isEqualTo(only);
  }

  /** What a merge is told of one side's entry: here, its value. */
  @SuppressWarnings("unchecked")
  private static MapMergeTypes<String, byte[]> entry(byte[] value) {
    return (MapMergeTypes<String, byte[]>) Proxy.newProxyInstance(
        NewestServerTest.class.getClassLoader(),
        new Class<?>[] {MapMergeTypes.class},
        (proxy, method, arguments) -> value);
  }
}
