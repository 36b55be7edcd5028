package io.gradelane.bus.wire;

import io.gradelane.core.run.RunId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value that is no record and no text. */
final class Scalar implements Form {

  private static final Map<Class<?>, Form> FORMS = new HashMap<>();

  static {
    add(Long.class, long.class, WireType.NUMBER, 0L, WireOutput::number, WireInput::number);
    add(
        Integer.class,
        int.class,
        WireType.NUMBER,
        0,
        (out, value) -> out.number((long) value),
        in -> (int) in.number());
    add(
        Boolean.class,
        boolean.class,
        WireType.NUMBER,
        false,
        (out, value) -> out.number(value ? 1 : 0),
        in -> in.number() != 0);
    add(
        Double.class,
        double.class,
        WireType.EIGHT_BYTES,
        0.0,
        (out, value) -> out.eight(Double.doubleToLongBits(value)),
        in -> Double.longBitsToDouble(in.eight()));
    add(
        RunId.class,
        RunId.class,
        WireType.SIXTEEN_BYTES,
        null,
        Scalar::writeRun,
        in -> new RunId(new UUID(in.eight(), in.eight())));
    add(
        Instant.class,
        Instant.class,
        WireType.SIXTEEN_BYTES,
        null,
        Scalar::writeInstant,
        in -> Instant.ofEpochSecond(in.eight(), in.eight()));
    add(
        Duration.class,
        Duration.class,
        WireType.SIXTEEN_BYTES,
        Duration.ZERO,
        Scalar::writeDuration,
        in -> Duration.ofSeconds(in.eight(), in.eight()));
    FORMS.put(String.class, new TextForm("", text -> text));
    FORMS.put(URI.class, new TextForm(null, URI::create));
  }

  private final int wireType;
  private final @Nullable Object missing;
  private final BiConsumer<WireOutput, Object> writer;
  private final Function<WireInput, Object> reader;

  private Scalar(
      int wireType,
      @Nullable Object missing,
      BiConsumer<WireOutput, Object> writer,
      Function<WireInput, Object> reader) {
    this.wireType = wireType;
    this.missing = missing;
    this.writer = writer;
    this.reader = reader;
  }

  /** The form of {@code type}; null if it is no scalar. */
  static @Nullable Form of(Class<?> type) {
    return FORMS.get(type);
  }

  private static <T> void add(
      Class<T> type,
      Class<?> primitive,
      int wireType,
      @Nullable Object missing,
      BiConsumer<WireOutput, T> writer,
      Function<WireInput, T> reader) {
    Form form = new Scalar(
        wireType, missing, (out, value) -> writer.accept(out, type.cast(value)), reader::apply);
    FORMS.put(type, form);
    FORMS.put(primitive, form);
  }

  @Override
  public void write(WireOutput out, int tag, Object value) {
    out.header(tag, wireType);
    writer.accept(out, value);
  }

  @Override
  public boolean reads(int type) {
    return type == wireType;
  }

  @Override
  public Object read(WireInput in, int type) {
    return reader.apply(in);
  }

  @Override
  public @Nullable Object missing() {
    return missing;
  }

  private static void writeRun(WireOutput out, RunId run) {
    out.eight(run.value().getMostSignificantBits());
    out.eight(run.value().getLeastSignificantBits());
  }

  private static void writeInstant(WireOutput out, Instant instant) {
    long second = instant.getEpochSecond();
    int nano = instant.getNano();
    out.eight(second);
    out.eight(nano);
  }

  private static void writeDuration(WireOutput out, Duration duration) {
    long seconds = duration.toSeconds();
    int nano = duration.toNanosPart();
    out.eight(seconds);
    out.eight(nano);
  }
}
