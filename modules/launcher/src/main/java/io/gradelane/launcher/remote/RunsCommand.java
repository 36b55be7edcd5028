package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runs}: what became of the runs that somebody waited for. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = {
      "Tell what became of runs that somebody waited for, the newest first: what happened at 10:42?",
      "  gradelane runs --since 10:40 --until 10:45 --server s2",
      "Times are this machine's; --output json prints a line for each run, with times in UTC."
    })
final class RunsCommand implements Callable<Integer> {

  private static final int USUAL = 100;
  private static final List<String> STATES =
      List.of("answered", "refused", "turned_away", "gone", "crashed");

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From when on: " + Moments.EXPECTED + ". A day before --until unless given.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Until when, likewise; now unless given.")
  private @Nullable String until;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "Only the one whose caller was answered this X-Request-Id.")
  private @Nullable String request;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description =
          "Only those of this key; one's own are all that others than administrators find.")
  private @Nullable String key;

  @Option(names = "--lane", paramLabel = "LANE", description = "Only those of this lane.")
  private @Nullable String lane;

  @Option(
      names = "--server",
      paramLabel = "SERVER",
      description = "Only those that were sent to this server.")
  private @Nullable String server;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "Only those with this outcome: Jobe's code, or a word such as client_mistake.")
  private @Nullable String outcome;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only answered, refused, turned_away, gone or crashed ones.")
  private @Nullable String state;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "The newest N; " + USUAL + " unless given.")
  private int size = USUAL;

  @Option(names = "--all", description = "All of them, however many there are.")
  private boolean all;

  @Mixin
  private final Console console;

  RunsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    if (size < 1) {
      throw console.wrong("--size", String.valueOf(size), "1 or more; --all for all");
    }
    Instant from = moment("--since", since);
    Instant to = moment("--until", until);
    checkOrder(from, to);
    RunPages.Wish wish = new RunPages.Wish()
        .with("from", from)
        .with("to", to)
        .with("request", request)
        .with("key", key)
        .with("lane", lane)
        .with("server", server)
        .with("outcome", outcome)
        .with("state", console.oneOf(STATES, "--state", state));
    try (Nodes nodes = console.open()) {
      RunPages pages = new RunPages(nodes, wish, all ? Integer.MAX_VALUE : size);
      if (format == Format.JSON) {
        pages.each(run -> console.say(run.encode()));
      } else {
        table(pages);
      }
      if (pages.isMore()) {
        console.complain("there are more (--size N or --all shows them)");
      }
      return 0;
    }
  }

  private @Nullable Instant moment(String option, @Nullable String typed) {
    return typed == null ? null : console.moment(option, typed);
  }

  /** Else nothing would be found, and one would take it for nothing that happened. */
  private void checkOrder(@Nullable Instant from, @Nullable Instant to) {
    if (from != null && since != null && from.isAfter(console.moments().clock().instant())) {
      throw console.wrong("--since", since, "not in the future; yesterday's with its date");
    }
    if (from != null && to != null && until != null && !to.isAfter(from)) {
      throw console.wrong("--until", until, "later than --since");
    }
  }

  private void table(RunPages pages) {
    Table table = new Table(
        "AT", "KEY", "LANE", "STATE", "OUTCOME", "WAITED", "TOOK", "SERVER", "LOAD", "DOUBT",
        "RUN");
    pages.each(run -> table.add(row(run)));
    table.print(console.out());
  }

  private String[] row(JsonObject run) {
    List<String> servers = new ArrayList<>();
    run.getJsonArray("servers").forEach(each -> servers.add(String.valueOf(each)));
    return new String[] {
      console.moments().show(run.getString("at")),
      run.getString("tenant"),
      orDash(run.getString("lane")),
      run.getString("state"),
      JobResult.named(run.getString("outcome")),
      seconds(run, "waited"),
      seconds(run, "took"),
      orDash(String.join(",", servers)),
      servers.isEmpty() ? "-" : run.getInteger("load") + "/" + run.getInteger("slots"),
      orDash(run.getString("doubt")),
      run.getString("run")
    };
  }

  private static String seconds(JsonObject run, String name) {
    return run.getValue(name) + " s";
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
