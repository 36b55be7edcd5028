package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of one topic, as server-sent events. When the node leaves or falls silent it goes on from its cursor, on
 * the next one; it gives up when none has answered for a minute. That it waits for one is said once.
 */
final class EventStream implements AutoCloseable {

  /** @param type of what is said: {@code subscribed}, {@code event}, {@code gap} */
  record Said(String type, JsonObject data) {}

  private static final Duration SILENCE = Duration.ofSeconds(45);
  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final long RETRY_MILLIS = 500;

  private static final Said BROKEN = new Said("broken", new JsonObject());
  private static final Said PING = new Said("ping", new JsonObject());

  private final Nodes nodes;
  private final String path;
  private final Consumer<String> voice;
  private @Nullable String cursor;
  private @Nullable Connection connection;
  private long heard = System.nanoTime();
  private long notBefore = heard;
  private boolean waiting;

  /**
   * @param topic such as {@code batch=ID}
   * @param voice is told what it waits for
   */
  EventStream(Nodes nodes, String topic, Consumer<String> voice) {
    this.nodes = nodes;
    this.path = "/api/v1/events?" + topic;
    this.voice = voice;
  }

  /** The next thing that is said; null if that takes longer. */
  @Nullable
  Said next(Duration longest) throws InterruptedException {
    Connection open = connection;
    if (open == null) {
      long pause = notBefore - System.nanoTime();
      if (pause > 0) {
        LockSupport.parkNanos(Math.min(pause, longest.toNanos()));
        return null;
      }
      open = connect();
      connection = open;
    }
    Said said = open == null ? null : open.said.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (said != null) {
      heard = System.nanoTime();
      return take(said);
    }
    if (open != null && System.nanoTime() - heard > SILENCE.toNanos()) {
      moveOn(0);
    }
    return null;
  }

  private @Nullable Said take(Said said) {
    waiting &= said.type.equals("broken");
    if (said.data.getString("cursor") != null) {
      cursor = said.data.getString("cursor");
    }
    switch (said.type) {
      case "broken" -> moveOn(nodes.count() > 1 ? 0 : RETRY_MILLIS);
      case "bye" -> moveOn(said.data.getLong("retry", RETRY_MILLIS));
      case "subscribed", "event", "gap" -> {
        return said;
      }
      default -> {}
    }
    return null;
  }

  /** To the next node, after a pause. */
  private void moveOn(long pauseMillis) {
    close();
    connection = null;
    nodes.next();
    heard = System.nanoTime();
    notBefore = heard + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
  }

  /** Null if no node answers well at the moment; that none can be reached from the beginning is said at once. */
  private @Nullable Connection connect() throws InterruptedException {
    String reason = "";
    boolean away = cursor != null || waiting;
    for (int i = 0; i < nodes.count(); i++) {
      try {
        return opened(nodes.stream(target()));
      } catch (Away e) {
        reason = e.words;
        away = true;
      } catch (IOException e) {
        reason = Nodes.unreachable(nodes.current());
      }
      nodes.next();
    }
    if (!away || System.nanoTime() - heard > GIVE_UP.toNanos()) {
      throw new Trouble(reason);
    }
    await(reason);
    return null;
  }

  private void await(String reason) {
    if (!waiting) {
      waiting = true;
      voice.accept(reason + "; trying again for a minute");
    }
    notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
  }

  private String target() {
    return cursor == null
        ? path
        : path + "&from=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }

  private Connection opened(HttpResponse<InputStream> answer) throws IOException {
    if (answer.statusCode() == 200) {
      return new Connection(answer.body());
    }
    try (InputStream body = answer.body()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      Trouble trouble = nodes.trouble(path, answer.statusCode(), text);
      if (answer.statusCode() == 503) {
        throw new Away(trouble);
      }
      throw trouble;
    }
  }

  /** A node is there, but can't tell anything now. */
  private static final class Away extends IOException {

    private static final long serialVersionUID = 1L;

    final String words;

    Away(Trouble trouble) {
      super(trouble);
      words = String.valueOf(trouble.getMessage());
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
  }

  /** One answer that is read by a thread of its own, so that silence can be noticed. */
  private static final class Connection {

    final LinkedBlockingQueue<Said> said = new LinkedBlockingQueue<>(1_000);
    private final InputStream body;

    Connection(InputStream body) {
      this.body = body;
      Thread.ofVirtual().name("events").start(this::read);
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        String type = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            type = line.substring(7);
          } else if (line.startsWith("data: ")) {
            said.put(new Said(type, new JsonObject(line.substring(6))));
          } else if (line.startsWith(":")) {
            said.put(PING);
          }
        }
      } catch (IOException | InterruptedException ended) {
        // said below
      } finally {
        said.offer(BROKEN);
      }
    }

    void close() {
      try {
        body.close();
      } catch (IOException ignored) {
        // it is closed
      }
    }
  }
}
