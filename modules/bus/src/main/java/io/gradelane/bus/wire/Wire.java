package io.gradelane.bus.wire;

import java.util.Set;

/** Messages as bytes. */
public final class Wire {

  /** Of what this build writes. It rises only with a change that older builds can't read even in part. */
  public static final int VERSION = 1;

  /** @throws IllegalArgumentException if it is no message */
  public static byte[] encode(Object message) {
    WireOutput out = new WireOutput();
    out.varint(VERSION);
    out.varint(Kinds.number(message.getClass()));
    Forms.record(message.getClass()).writeFields(out, message);
    return out.toBytes();
  }

  /** The message, or {@link Unknown} if this build can't read it. Never fails. */
  public static Object decode(byte[] bytes) {
    WireInput in = new WireInput(bytes);
    long version = 0;
    long kind = 0;
    try {
      version = in.varint();
      kind = in.varint();
      Class<?> type = version == VERSION ? Kinds.type(kind) : null;
      if (type == null) {
        return new Unknown(version, kind, "another build's message");
      }
      return Forms.record(type).readFields(in);
    } catch (RuntimeException broken) {
      return new Unknown(version, kind, String.valueOf(broken.getMessage()));
    }
  }

  /** The types of everything that can be encoded, parts of messages included. */
  public static Set<Class<?>> kinds() {
    return Set.copyOf(Kinds.all());
  }

  private Wire() {}
}
