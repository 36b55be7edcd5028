package io.gradelane.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import com.hazelcast.spi.merge.SplitBrainMergeTypes.MapMergeTypes;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an entry that both sides of a split have changed: the higher version stays; of two alike that of the
 * larger side, into which the smaller one merges.
 */
public final class NewestServer
    implements SplitBrainMergePolicy<byte[], MapMergeTypes<String, byte[]>, byte[]> {

  @Override
  public byte @Nullable [] merge(
      MapMergeTypes<String, byte[]> merging, @Nullable MapMergeTypes<String, byte[]> existing) {
    byte[] coming = merging.getRawValue() == null ? null : merging.getValue();
    byte[] here = existing == null ? null : existing.getValue();
    return ServerForm.version(coming) > ServerForm.version(here) ? coming : here;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
