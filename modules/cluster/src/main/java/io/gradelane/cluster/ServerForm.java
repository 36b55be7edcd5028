package io.gradelane.cluster;

import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerState.Down;
import io.gradelane.core.server.ServerState.Drained;
import io.gradelane.core.server.ServerState.Draining;
import io.gradelane.core.server.ServerState.Ready;
import io.gradelane.core.server.ServerState.Suspect;
import io.gradelane.core.server.ServerState.Unknown;
import io.gradelane.core.server.ServerState.Warming;
import io.gradelane.core.server.ServerWord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the server map as bytes: the form's number, the entry's version, then its fields.
 *
 * <p>Nodes of two versions may share a map. A later version may only append fields; an older one ignores them, and loses
 * them when it replaces the entry. A state that it does not know it reads as unknown, so that the server is probed.
 */
final class ServerForm {

  private static final byte FORM = 1;
  private static final int VERSION_AT = 1;

  private static final byte UNKNOWN = 0;
  private static final byte READY = 1;
  private static final byte SUSPECT = 2;
  private static final byte DOWN = 3;
  private static final byte WARMING = 4;
  private static final byte DRAINING = 5;
  private static final byte DRAINED = 6;

  private ServerForm() {}

  /** The entry's version, which is all that a replacement or a merge needs; 0 for null. */
  static long version(byte @Nullable [] bytes) {
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong(VERSION_AT);
  }

  static byte[] write(ServerEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(entry.version());
      write(out, entry.spec());
      write(out, entry.state());
      write(out, entry.languages());
      write(out, entry.configured());
      if (entry.word() != null) {
        write(out, entry.word());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** @throws IllegalArgumentException if these bytes are no entry */
  static ServerEntry read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte form = in.readByte();
      if (form != FORM) {
        throw new IllegalArgumentException("form " + form + " (expected: " + FORM + ")");
      }
      long version = in.readLong();
      ServerSpec spec = readSpec(in);
      ServerState state = readState(in);
      Map<String, String> languages = readMap(in);
      ServerSpec configured = readSpec(in);
      return new ServerEntry(spec, state, languages, version, configured, readWord(in));
    } catch (IOException e) {
      throw new IllegalArgumentException("an entry of the server map that ends too early", e);
    }
  }

  private static void write(DataOutputStream out, ServerSpec spec) throws IOException {
    writeText(out, spec.id());
    writeText(out, spec.url().toString());
    out.writeBoolean(spec.apiKey() != null);
    writeText(out, spec.apiKey() == null ? "" : spec.apiKey());
    out.writeInt(spec.slots());
    out.writeInt(spec.cores());
    out.writeDouble(spec.weight());
    write(out, spec.labels());
  }

  private static ServerSpec readSpec(DataInputStream in) throws IOException {
    String id = readText(in);
    URI url = URI.create(readText(in));
    boolean hasKey = in.readBoolean();
    String key = readText(in);
    return new ServerSpec(
        id, url, hasKey ? key : null, in.readInt(), in.readInt(), in.readDouble(), readMap(in));
  }

  private static void write(DataOutputStream out, ServerState state) throws IOException {
    switch (state) {
      case Unknown unknown -> write(out, UNKNOWN, state, 0);
      case Ready ready -> write(out, READY, state, ready.ejections());
      case Suspect suspect -> write(out, SUSPECT, state, suspect.ejections());
      case Down down -> write(out, DOWN, state, down.ejections());
      case Warming warming -> write(out, WARMING, state, warming.ejections());
      case Draining draining -> write(out, DRAINING, state, 0);
      case Drained drained -> write(out, DRAINED, state, 0);
    }
  }

  private static void write(DataOutputStream out, byte kind, ServerState state, int ejections)
      throws IOException {
    Instant since = state.since();
    out.writeByte(kind);
    out.writeLong(since.getEpochSecond());
    out.writeInt(since.getNano());
    out.writeInt(ejections);
    writeText(out, state.cause());
  }

  private static ServerState readState(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    Instant since = Instant.ofEpochSecond(in.readLong(), in.readInt());
    int ejections = in.readInt();
    String cause = readText(in);
    return switch (kind) {
      case READY -> new Ready(since, ejections);
      case SUSPECT -> new Suspect(cause, since, ejections);
      case DOWN -> new Down(cause, since, ejections);
      case WARMING -> new Warming(since, ejections);
      case DRAINING -> new Draining(since);
      case DRAINED -> new Drained(since);
      default -> new Unknown(since);
    };
  }

  private static void write(DataOutputStream out, ServerWord word) throws IOException {
    out.writeBoolean(true);
    out.writeLong(word.at());
    out.writeBoolean(word.drain());
    out.writeBoolean(word.weight() != null);
    out.writeDouble(word.weight() == null ? 0 : word.weight());
    out.writeInt(word.slots() == null ? 0 : word.slots());
    out.writeInt(word.cores() == null ? 0 : word.cores());
  }

  private static @Nullable ServerWord readWord(DataInputStream in) throws IOException {
    if (in.available() == 0 || !in.readBoolean()) {
      return null;
    }
    long at = in.readLong();
    boolean drain = in.readBoolean();
    boolean weighted = in.readBoolean();
    double weight = in.readDouble();
    int slots = in.readInt();
    int cores = in.readInt();
    return new ServerWord(
        at,
        drain,
        weighted ? (Double) weight : null,
        slots == 0 ? null : (Integer) slots,
        cores == 0 ? null : (Integer) cores);
  }

  private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      writeText(out, entry.getKey());
      writeText(out, entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    Map<String, String> map = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      map.put(readText(in), readText(in));
    }
    return map;
  }

  /** {@code writeUTF} would fail above 64 KB. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException(length + " bytes of text (expected: at most " + in.available() + ")");
    }
    byte[] bytes = in.readNBytes(length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
