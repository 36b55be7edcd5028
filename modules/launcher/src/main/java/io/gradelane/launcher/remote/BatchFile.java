package io.gradelane.launcher.remote;

import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of jobs, whatever its form, made into what the interface takes line by line: the head, then each job as it was
 * written. The lines go to a file of their own, so that neither a great batch nor the standard input needs memory.
 */
final class BatchFile implements AutoCloseable {

  private static final int MOST_JOBS = 100_000;
  private static final Pattern PLACE = Pattern.compile("(?:(/\\S*): )?\\bline (\\d+): ");

  private final String name;
  private final Map<String, String> head = new LinkedHashMap<>();
  private final Path lines;
  private int[] places = new int[1024];
  private int headPlace;
  private int jobs;

  private BatchFile(Path file) throws IOException {
    name = file.toString().equals("-") ? "standard input" : file.toString();
    lines = Files.createTempFile("gradelane-", ".ndjson");
  }

  /** To be closed by whoever asked. */
  static BatchFile read(Path file) {
    try (InputStream in = file.toString().equals("-") ? System.in : Files.newInputStream(file)) {
      BatchFile batch = new BatchFile(file);
      try {
        batch.take(in);
        return batch;
      } catch (IOException | RuntimeException wrong) {
        batch.close();
        throw wrong;
      }
    } catch (NoSuchFileException e) {
      throw new Trouble(file + ": there is no such file");
    } catch (IOException e) {
      throw new Trouble(file + ": can't be taken in: " + Nodes.reason(e));
    }
  }

  int jobs() {
    return jobs;
  }

  /** Sets one value of the head, whatever the file says. */
  void set(String key, String json) {
    head.put(key, json);
  }

  long bytes() throws IOException {
    return head().length + Files.size(lines);
  }

  /** All that is to be sent, from its beginning. */
  InputStream open() throws IOException {
    return new SequenceInputStream(new ByteArrayInputStream(head()), Files.newInputStream(lines));
  }

  /** What somebody says of the lines that were sent, said of the lines of the file. */
  Trouble inPlace(Trouble trouble) {
    Matcher place = PLACE.matcher(String.valueOf(trouble.getMessage()));
    return new Trouble(
        place.replaceAll(found -> Matcher.quoteReplacement(place(Integer.parseInt(found.group(2)))
            + (found.group(1) == null ? ": " : ", " + found.group(1) + ": "))));
  }

  private String place(int sent) {
    int place = sent == 1 ? headPlace : sent - 2 < jobs ? places[sent - 2] : 0;
    return place == 0 ? name : name + ", line " + place;
  }

  private byte[] head() {
    String text = head.entrySet().stream()
        .map(each -> Json.encode(each.getKey()) + ":" + each.getValue())
        .collect(Collectors.joining(",", "{", "}\n"));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void take(InputStream in) throws IOException {
    try (JsonValues values = new JsonValues(name, in);
        OutputStream out = Files.newOutputStream(lines)) {
      if (values.next() == JsonToken.START_OBJECT) {
        first(values, out);
        values.next();
      }
      for (; values.token() != null; values.next()) {
        if (values.token() == JsonToken.START_ARRAY) {
          list(values, out);
        } else {
          job(values, out);
        }
      }
    }
    if (jobs == 0) {
      throw new Trouble(name + ": there is no job in it (expected: at least one)");
    }
  }

  /** The head, or the whole batch, or, since it has a run to describe, already a job. */
  private void first(JsonValues values, OutputStream out) throws IOException {
    long start = values.start();
    int line = values.line();
    boolean job = false;
    for (String key = values.nextKey(); key != null; key = values.nextKey()) {
      if (key.equals("jobs") && values.token() == JsonToken.START_ARRAY) {
        list(values, out);
      } else {
        job |= key.equals("run_spec") || key.equals("ref");
        head.put(key, values.value());
      }
    }
    headPlace = line;
    if (job && jobs == 0) {
      head.clear();
      headPlace = 0;
      add(line, values.since(start), out);
    }
  }

  private void list(JsonValues values, OutputStream out) throws IOException {
    while (values.next() != JsonToken.END_ARRAY) {
      job(values, out);
    }
  }

  private void job(JsonValues values, OutputStream out) throws IOException {
    if (values.token() != JsonToken.START_OBJECT) {
      throw values.wrong("'" + Table.brief(values.value(), 40) + "'", "a job as a JSON object");
    }
    if (jobs == MOST_JOBS) {
      throw values.wrong("one job more", "at most " + MOST_JOBS + "; more make another batch");
    }
    values.letGo();
    add(values.line(), values.value(), out);
  }

  private void add(int place, String job, OutputStream out) throws IOException {
    if (jobs == places.length) {
      places = Arrays.copyOf(places, 2 * jobs);
    }
    places[jobs++] = place;
    out.write(job.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(lines);
    } catch (IOException stays) {
      lines.toFile().deleteOnExit();
    }
  }
}
