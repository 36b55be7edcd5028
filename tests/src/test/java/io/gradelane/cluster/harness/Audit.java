package io.gradelane.cluster.harness;

import java.util.function.Function;

/**
 * What became of a batch, by its tables and by what servers saw.
 *
 * @param lost jobs that are not finished with a result of their own
 * @param twice jobs of which more than one result is kept
 * @param stale results of attempts after which the job was claimed again
 * @param miscounted how far the counted progress is from what the tables hold
 * @param toldWrongly jobs whose end the log tells more than once, or not at all
 * @param ranAgain jobs that servers saw more than once
 * @param vanished attempts that were taken back from a node
 */
record Audit(
    int jobs,
    int lost,
    int wrong,
    int twice,
    int stale,
    int miscounted,
    int toldWrongly,
    int ranAgain,
    int vanished) {

  /** @param stdout that a run must have */
  static Audit of(Submitted batch, Books books, Pool pool, Function<Run, String> stdout) {
    int finished = books.finished(batch);
    long seen = pool.runs().stream().filter(batch::owns).count();
    long once =
        pool.runs().stream().filter(batch::owns).map(Seen::id).distinct().count();
    return new Audit(
        batch.jobs(),
        batch.jobs() - finished,
        books.wrong(batch, stdout),
        books.keptTwice(batch),
        books.stale(batch),
        Math.abs(books.counted(batch) - finished),
        books.toldWrongly(batch),
        (int) (seen - once),
        books.vanished(batch));
  }

  Sheet sheet(String drill) {
    return new Sheet(drill)
        .add(Figure.told("jobs", jobs, ""))
        .add(Figure.count("lost", lost, 0))
        .add(Figure.count("results that belong to another", wrong, 0))
        .add(Figure.count("results stored twice", twice, 0))
        .add(Figure.count("stale results stored", stale, 0))
        .add(Figure.count("counted wrongly", miscounted, 0))
        .add(Figure.count("ends that the log tells not once", toldWrongly, 0))
        .add(Figure.told("runs that servers saw again", ranAgain, ""))
        .add(Figure.told("attempts taken back from nodes", vanished, ""));
  }
}
