package io.gradelane.bus.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many values of a form a component has, and what they come to. */
sealed interface Gathering {

  void write(WireOutput out, int tag, Object value);

  boolean reads(int type);

  /** Reads one more; {@code before} is what it had come to, null at first. */
  @Nullable
  Object read(WireInput in, int type, @Nullable Object before);

  @Nullable
  Object missing();

  /** One. */
  record One(Form form) implements Gathering {
    @Override
    public void write(WireOutput out, int tag, Object value) {
      form.write(out, tag, value);
    }

    @Override
    public boolean reads(int type) {
      return form.reads(type);
    }

    @Override
    public @Nullable Object read(WireInput in, int type, @Nullable Object before) {
      return form.read(in, type);
    }

    @Override
    public @Nullable Object missing() {
      return form.missing();
    }
  }

  /** Any number; elements of kinds that this build does not know are left out. */
  record Many(Form form, boolean set) implements Gathering {
    @Override
    public void write(WireOutput out, int tag, Object value) {
      for (Object element : (Collection<?>) value) {
        form.write(out, tag, element);
      }
    }

    @Override
    public boolean reads(int type) {
      return form.reads(type);
    }

    @Override
    @SuppressWarnings("unchecked") // it made the collection itself
    public Object read(WireInput in, int type, @Nullable Object before) {
      Collection<Object> all = before == null ? empty() : (Collection<Object>) before;
      Object element = form.read(in, type);
      if (element != null) {
        all.add(element);
      }
      return all;
    }

    private Collection<Object> empty() {
      return set ? new LinkedHashSet<>() : new ArrayList<>();
    }

    @Override
    public Object missing() {
      return set ? Set.of() : List.of();
    }
  }

  /** Values by name: each a record of its name (1) and its value (2). Names are in order, so equal maps are equal bytes. */
  record ByName(Form form) implements Gathering {
    @Override
    public void write(WireOutput out, int tag, Object value) {
      ((Map<?, ?>) value)
          .entrySet().stream()
              .sorted((one, other) -> ((String) one.getKey()).compareTo((String) other.getKey()))
              .forEach(entry -> {
                out.header(tag, WireType.RECORD);
                out.text(1, (String) entry.getKey());
                form.write(out, 2, entry.getValue());
                out.end();
              });
    }

    @Override
    public boolean reads(int type) {
      return type == WireType.RECORD;
    }

    @Override
    @SuppressWarnings("unchecked") // it made the map itself
    public Object read(WireInput in, int type, @Nullable Object before) {
      Map<String, Object> all =
          before == null ? new LinkedHashMap<>() : (Map<String, Object>) before;
      String name = "";
      @Nullable Object value = null;
      in.enter();
      for (int header = in.small(); header != 0; header = in.small()) {
        int what = header & 7;
        if (header >>> 3 == 1 && TextForm.isText(what)) {
          name = in.text(what);
        } else if (header >>> 3 == 2 && form.reads(what)) {
          value = form.read(in, what);
        } else {
          in.skip(what);
        }
      }
      in.leave();
      if (value != null) {
        all.put(name, value);
      }
      return all;
    }

    @Override
    public Object missing() {
      return Map.of();
    }
  }
}
