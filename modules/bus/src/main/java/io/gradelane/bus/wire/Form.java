package io.gradelane.bus.wire;

import org.jspecify.annotations.Nullable;

/** How values of one type stand on the wire. */
interface Form {

  /** Writes a value with its header. */
  void write(WireOutput out, int tag, Object value);

  /** Whether a value of that wire type can be read; if not, it is skipped. */
  boolean reads(int type);

  /** Reads a value whose header has been read; null if it is of a kind that this build does not know. */
  @Nullable
  Object read(WireInput in, int type);

  /** What a value is that is not there; null for a record. */
  @Nullable
  Object missing();
}
