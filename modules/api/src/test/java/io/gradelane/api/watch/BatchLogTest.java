package io.gradelane.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.BatchEvent.Kind;
import io.gradelane.store.jobs.EventCursor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Watchers of one batch on two nodes, by seed: slow ones, and ones that come back on the other node. */
class BatchLogTest {

  private static final int STEPS = 400;
  private static final int WATCHERS = 8;

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsMissedAndNothingToldTwice(int seed) {
    Play play = new Play(seed);
    play.run(STEPS);
    play.end();

    for (Client client : play.clients) {
      assertThat(client.gaps).isZero();
      assertThat(client.told).containsExactlyInAnyOrderElementsOf(client.expected());
      client.seesTheEnd();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsGoneFromTheLogIsAGapAndNothingElseIsMissed(int seed) {
    Play play = new Play(seed);
    play.run(STEPS / 2);
    play.batch.forgetHalf();
    play.run(STEPS / 2);
    play.end();

    for (Client client : play.clients) {
      assertThat(client.told).doesNotHaveDuplicates().isSubsetOf(client.expected());
      client.seesTheEnd();
      if (client.gaps == 0) {
        assertThat(client.told).hasSameSizeAs(client.expected());
      }
    }
  }

  @Test
  void aCursorOfAnotherLogIsAGap() {
    Play play = new Play(1);
    play.run(50);
    play.end();
    Client stranger = play.clients.getFirst();

    stranger.moveTo(play.nodes.getFirst(), EventCursor.parse("1-999999.77-3"));
    play.end();

    assertThat(stranger.gaps).isEqualTo(1);
    assertThat(stranger.cursor).isEqualTo(play.batch.head(0).cursor());
  }

  @Test
  void whoReadsNothingForLongIsToldAGapInTheEnd() {
    Play play = new Play(2);
    Client slow = play.clients.getFirst();
    slow.moveTo(play.nodes.getFirst(), EventCursor.START);
    slow.full = true;
    for (int i = 0; i <= Watcher.MOST_PENDING; i++) {
      play.batch.write(Kind.STEERED);
    }
    play.batch.commitAll();
    while (!play.nodes.getFirst().read(play.batch)) {
      assertThat(slow.told).isEmpty();
    }

    play.end();
    assertThat(slow.gaps).isEqualTo(1);
    assertThat(slow.told).isEmpty();
  }

  @Test
  void whoIsTooFarBehindIsToldHowThingsAre() {
    Play play = new Play(3);
    play.mostRead = 5_000;
    for (int i = 0; i <= BatchLog.MOST_REPLAYED; i++) {
      play.batch.write(Kind.PROGRESS);
    }
    play.batch.commitAll();
    Client late = play.clients.getFirst();
    late.moveTo(new Node(play), EventCursor.START);

    play.end();
    assertThat(late.gaps).isEqualTo(1);
    assertThat(late.finished).isEqualTo(play.batch.finished());
  }

  /** Two nodes, one log and its watchers. */
  private static final class Play {
    final Random random;
    int mostRead = 20;
    final LoggedBatch batch;
    final List<Node> nodes = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();

    Play(int seed) {
      random = new Random(seed);
      batch = new LoggedBatch(random);
      nodes.add(new Node(this));
      nodes.add(new Node(this));
      for (int i = 0; i < WATCHERS; i++) {
        Node node = nodes.get(i % 2);
        Client client = new Client(node, batch, i < WATCHERS / 2 ? Watcher.ALL : 1 + i % 3);
        client.moveTo(node, i % 3 == 0 ? EventCursor.START : null);
        clients.add(client);
      }
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        Client client = clients.get(random.nextInt(clients.size()));
        switch (random.nextInt(8)) {
          case 0, 1 -> batch.write();
          case 2, 3 -> batch.commit();
          case 4, 5 -> nodes.get(random.nextInt(2)).read(batch);
          case 6 -> {
            client.full = random.nextBoolean();
            client.flush();
          }
          default -> client.moveTo(nodes.get(random.nextInt(2)), client.cursor);
        }
      }
    }

    /** Everything is visible, and everybody reads. */
    void end() {
      batch.commitAll();
      clients.forEach(client -> client.full = false);
      for (int round = 0; round < 3; round++) {
        clients.forEach(client -> {
          while (!client.node.read(batch)) {
            client.flush();
          }
        });
        clients.forEach(Client::flush);
      }
    }
  }

  /** Reads as a follower does, one step at a time. */
  private static final class Node {
    final BatchLog log;
    private final Play play;
    private @Nullable EventCursor reading;

    Node(Play play) {
      this.play = play;
      log = new BatchLog(play.batch.head(0));
    }

    /** @return whether all was read */
    boolean read(LoggedBatch batch) {
      EventCursor from = reading;
      if (from == null) {
        reading = log.beginRead();
        return false;
      }
      int limit = 1 + play.random.nextInt(play.mostRead);
      List<BatchEvent> page = batch.since(from, limit);
      if (page.stream().anyMatch(event -> event.kind() != Kind.PROGRESS)) {
        log.refresh(batch.head(0));
      }
      boolean whole = page.size() < limit;
      log.read(page, whole);
      reading = whole ? null : log.beginRead();
      if (whole) {
        log.lost().forEach(watcher -> watcher.restart(batch.head(0).cursor(), "waiting"));
      }
      return whole && !log.isBehind();
    }
  }

  /** One who watches, and notes what he is told. */
  private static final class Client {
    final List<String> told = new ArrayList<>();
    private final LoggedBatch batch;
    private final int sequence;
    private @Nullable EventCursor start;

    @Nullable
    EventCursor cursor;

    Node node;
    private @Nullable Watcher watcher;
    boolean full;
    int gaps;
    int finished;

    Client(Node node, LoggedBatch batch, int sequence) {
      this.node = node;
      this.batch = batch;
      this.sequence = sequence;
    }

    void moveTo(Node next, @Nullable EventCursor from) {
      if (watcher != null) {
        node.log.leave(watcher);
      }
      node = next;
      EventCursor at = from == null ? batch.head(0).cursor() : from;
      watcher = new Watcher(sequence, at, "waiting");
      if (from == null) {
        next.log.refresh(batch.head(0));
      }
      next.log.join(watcher);
      flush();
    }

    void flush() {
      while (!full) {
        Word word = Objects.requireNonNull(watcher).next(node.log);
        if (word == null) {
          return;
        }
        hear(word);
      }
    }

    private void hear(Word word) {
      cursor = EventCursor.parse(String.valueOf(word.cursor()));
      JsonObject data = word.data();
      switch (word.type()) {
        case SUBSCRIBED -> start = start == null ? cursor : start;
        case GAP -> gaps++;
        default -> {
          String kind = data.getString("kind");
          if (!kind.equals("progress")) {
            told.add(data.getString("at")
                + (sequence == Watcher.ALL
                    ? " " + kind
                    : " " + data.getJsonObject("job").getString("state")));
          }
        }
      }
      JsonObject of = data.getJsonObject("batch");
      JsonObject progress =
          of == null ? data.getJsonObject("progress") : of.getJsonObject("progress");
      if (progress != null) {
        finished = progress.getInteger("finished");
      }
    }

    /** Who watches one job is told of its batch only now and then. */
    void seesTheEnd() {
      if (sequence == Watcher.ALL) {
        assertThat(finished).isEqualTo(batch.finished());
      }
    }

    /** All that was ever written behind where it began, but for what is only progress to it. */
    List<String> expected() {
      Position began = new Position(Objects.requireNonNull(start));
      return batch.ever.stream()
          .filter(event -> !began.has(event))
          .flatMap(event -> sequence == Watcher.ALL
              ? Stream.of(event.kind())
                  .filter(kind -> kind != Kind.PROGRESS)
                  .map(kind -> event.at() + " " + kind.name().toLowerCase(Locale.ROOT))
              : event.jobs().stream()
                  .filter(job -> job.sequence() == sequence)
                  .map(job -> event.at() + " " + job.state()))
          .toList();
    }
  }
}
