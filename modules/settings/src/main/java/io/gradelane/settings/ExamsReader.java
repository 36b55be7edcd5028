package io.gradelane.settings;

import io.gradelane.core.fleet.Exam;
import io.gradelane.core.lane.ExamWindow;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.settings.Tree.Branch;
import io.gradelane.settings.Tree.Scalar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code exams:}, the times in which the pool is kept for exams by itself. */
final class ExamsReader {

  private final Section root;
  private final List<String> lanes;
  private final List<ExamWindow> windows = new ArrayList<>();
  private final List<Exam> expected = new ArrayList<>();

  ExamsReader(Section root, List<LaneSpec> lanes) {
    this.root = root;
    this.lanes = lanes.stream().map(LaneSpec::name).toList();
  }

  List<ExamWindow> read() {
    List<Tree> items = root.items("exams");
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Branch branch) {
        add(root.item("exams", String.valueOf(i + 1), branch));
      } else {
        root.report("exams", items.get(i), "a mapping with from and to");
      }
    }
    return windows;
  }

  /** Those that tell how many students come, for the fleet; filled by {@link #read}. */
  List<Exam> expected() {
    return expected;
  }

  private void add(Section section) {
    String name = section.text("name", "exam");
    Instant from = instant(section, "from");
    Instant to = instant(section, "to");
    int students = section.integer("students", 0, 0, 1_000_000);
    int reserve = section.integer("reserve", 0, 0, 100_000);
    Set<String> pause = pause(section);
    section.reportUnknown();
    if (from == null || to == null) {
      return;
    }
    if (from.isBefore(to)) {
      windows.add(new ExamWindow(name, from, to, reserve, pause));
      if (students > 0) {
        expected.add(new Exam(name, from, to, students));
      }
    } else {
      section.report("to", "a time after from, which is " + from);
    }
  }

  private static @Nullable Instant instant(Section section, String key) {
    String text = section.text(key, "");
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      section.report(key, "a date and time with its offset, such as 2026-12-01T08:00:00+01:00");
      return null;
    }
  }

  private Set<String> pause(Section section) {
    List<String> words = section.words("pause", List.of());
    if (!lanes.containsAll(words)) {
      section.report("pause", new Scalar(words.toString(), section.where()), "some of " + lanes);
    }
    return Set.copyOf(words);
  }
}
