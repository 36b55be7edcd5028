package io.gradelane.jobe.wire;

import io.gradelane.core.run.Outcome;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Tells what a server's answer to a run means to the one who sent it there. */
public final class Replies {

  private Replies() {}

  /** What to do with it. */
  public sealed interface Reply {

    /** The server ran it: pass {@code body} on as it is. */
    record Answer(RunResult result, Buffer body) implements Reply {}

    /** The server had no room: nothing was executed. */
    record Refused() implements Reply {}

    /** The server lacks a file; put them all there and ask again. */
    record MissingFiles() implements Reply {}

    /** The client's mistake: pass the server's words on, and blame no server. */
    record ClientMistake(JobeAnswer answer) implements Reply {}

    /** Nobody knows whether it ran. */
    record Lost(String cause) implements Reply {}

    /** The server does not take our key. */
    record Denied(int status) implements Reply {}
  }

  /** @param body of the whole answer; empty if there was none */
  public static Reply classify(int status, @Nullable String contentType, Buffer body) {
    return switch (status) {
      case 200, 203 -> ran(body);
      case 400, 413 -> new Reply.ClientMistake(new JobeAnswer(status, contentType, body));
      case 401, 403 -> new Reply.Denied(status);
      case 404 -> missing(body);
      // The rate limit of 2.0 and 2.1, which counts a gateway as one client.
      case 429 -> new Reply.Refused();
      case 500 -> failed(contentType, body);
      default -> new Reply.Lost("status " + status);
    };
  }

  private static Reply ran(Buffer body) {
    return RunResult.parse(body)
        .<Reply>map(result -> result.outcome() == Outcome.OVERLOAD
            ? new Reply.Refused()
            : new Reply.Answer(result, body))
        .orElseGet(() -> new Reply.Lost("200 without a result"));
  }

  private static Reply missing(Buffer body) {
    return text(body).startsWith(JobeAnswers.FILES_MISSING)
        ? new Reply.MissingFiles()
        : new Reply.Lost("status 404: no Jobe at this address");
  }

  private static Reply failed(@Nullable String contentType, Buffer body) {
    String text = text(body);
    if (text.contains("OverloadException")) {
      return new Reply.Refused();
    }
    return text.startsWith("Server exception (") && !blamesServer(text)
        ? new Reply.ClientMistake(new JobeAnswer(500, contentType, body))
        : new Reply.Lost("status 500");
  }

  /** Jobe wraps its own troubles (a full disk, a vanished folder) in the same words as a client's malformed spec. */
  private static boolean blamesServer(String text) {
    return text.contains("file_put_contents(")
        || text.contains("error making temp directory")
        || text.contains("mkdir(")
        || text.contains("tempnam(")
        || text.contains("fopen(")
        || text.contains("sem_")
        || text.contains("shm_")
        || text.contains("No space left on device");
  }

  /** The JSON string that the body is, or empty. */
  private static String text(Buffer body) {
    try {
      return PhpJson.parse(body) instanceof Json.Str text ? text.value() : "";
    } catch (PhpJsonException e) {
      return "";
    }
  }
}
