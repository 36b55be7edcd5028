package io.gradelane.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an entry if it still has the version that the writer has seen; runs on the member that holds it. Travels by its
 * name and two fields, which therefore stay as they are.
 */
public final class ReplaceVersion
    implements EntryProcessor<String, byte[], Boolean>, DataSerializable {

  private static final long serialVersionUID = 1L;

  private long expected;
  private byte @Nullable [] next;

  /** For Hazelcast. */
  public ReplaceVersion() {}

  /**
   * @param expected the version, 0 for no entry
   * @param next null to remove it
   */
  ReplaceVersion(long expected, byte @Nullable [] next) {
    this.expected = expected;
    this.next = next;
  }

  @Override
  @SuppressWarnings("NullAway") // An entry without a value is one that is not there.
  public Boolean process(Map.Entry<String, byte[]> entry) {
    if (ServerForm.version(entry.getValue()) != expected) {
      return false;
    }
    entry.setValue(next);
    return true;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeLong(expected);
    out.writeByteArray(next);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    expected = in.readLong();
    next = in.readByteArray();
  }
}
