package io.gradelane.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A rule that says how many slots there should be; the highest wins. */
public sealed interface CapacityRule {

  /** The word for it in the configuration, in metrics and in answers. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  Wish wish(Outlook outlook);

  /** {@code n + 2√n} for {@code n} busy and waiting runs: much room where there are few, little where there are many. */
  record Sqrt() implements CapacityRule {
    @Override
    public Wish wish(Outlook outlook) {
      return ofLoad(outlook, word(), this::of);
    }

    private Wish of(Load load) {
      int n = load.runs();
      return Wish.of(word(), n + 2 * Math.sqrt(n), runs(load) + " and twice the root of that");
    }
  }

  /**
   * Busy and waiting runs times a factor.
   *
   * @param factor 1 or more
   */
  record Linear(double factor) implements CapacityRule {
    public Linear {
      if (!(factor >= 1 && factor <= 100)) {
        throw new IllegalArgumentException("factor " + factor + " (expected: 1 to 100)");
      }
    }

    @Override
    public Wish wish(Outlook outlook) {
      return ofLoad(outlook, word(), this::of);
    }

    private Wish of(Load load) {
      return Wish.of(word(), load.runs() * factor, runs(load) + " times " + factor);
    }
  }

  /**
   * A floor for exams, from some time before they begin until they end; exams at the same time add up.
   *
   * @param lead how long before an exam its hosts are wanted: what a launch takes, and a little
   * @param slotsPerStudent above 0
   */
  record Calendar(Duration lead, double slotsPerStudent) implements CapacityRule {
    public Calendar {
      if (lead.isNegative() || !(slotsPerStudent > 0)) {
        throw new IllegalArgumentException("lead " + lead + ", slots per student " + slotsPerStudent
            + " (expected: 0s or more, above 0)");
      }
    }

    @Override
    public Wish wish(Outlook outlook) {
      List<Exam> open =
          outlook.exams().stream().filter(exam -> open(exam, outlook.now())).toList();
      int students = open.stream().mapToInt(Exam::students).sum();
      return Wish.of(word(), students * slotsPerStudent, words(open, students));
    }

    private boolean open(Exam exam, Instant now) {
      return !now.isBefore(exam.start().minus(lead)) && now.isBefore(exam.end());
    }

    private String words(List<Exam> open, int students) {
      if (open.isEmpty()) {
        return "no exam now or within " + Words.of(lead);
      }
      String names = String.join(", ", open.stream().map(Exam::name).toList());
      return students + " students of " + names + " at " + slotsPerStudent + " slots each";
    }
  }

  /**
   * As many slots as the batches that may run need in order to end in time.
   *
   * @param within in which they should end, above zero
   * @param lead how long before a batch may begin it counts: what a launch takes
   */
  record Forecast(Duration within, Duration lead) implements CapacityRule {
    public Forecast {
      if (!within.isPositive() || lead.isNegative()) {
        throw new IllegalArgumentException(
            "within " + within + ", lead " + lead + " (expected: above zero, 0s or more)");
      }
    }

    @Override
    public Wish wish(Outlook outlook) {
      return ofLoad(outlook, word(), load -> of(load, outlook.now().plus(lead)));
    }

    private Wish of(Load load, Instant horizon) {
      List<QueuedBatch> due = load.batches().stream()
          .filter(batch -> !batch.notBefore().isAfter(horizon))
          .toList();
      Duration cost = due.stream().map(QueuedBatch::cost).reduce(Duration.ZERO, Duration::plus);
      String words = due.isEmpty()
          ? "no batch now or within " + Words.of(lead)
          : due.size() + " batches of " + Words.of(cost) + " in all, to end within "
              + Words.of(within);
      return Wish.of(word(), (double) cost.toMillis() / within.toMillis(), words);
    }
  }

  private static Wish ofLoad(Outlook outlook, String word, Function<Load, Wish> rule) {
    return outlook.load().map(rule).orElseGet(() -> Wish.unknown(word));
  }

  private static String runs(Load load) {
    return load.busy() + " busy and " + load.waiting() + " waiting runs";
  }
}
