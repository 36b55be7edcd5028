package io.gradelane.api.submit;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.json.JsonCutter;
import io.gradelane.api.json.NotJson;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the first reading of an upload has found, line by line; nothing of the jobs is kept in memory.
 *
 * @param runs how many jobs there are in each language
 */
record UploadCheck(Head head, @Nullable Spec template, Map<String, Integer> runs, Buffer digest) {

  /** Blocks. Throws {@link Unfit}, which names the line. */
  static UploadCheck read(SpoolFile file, int maxLine, HeadReader heads, Tenant tenant)
      throws IOException {
    MessageDigest digest = Digests.begin();
    try (Lines lines = new Lines(new DigestInputStream(file.read(), digest), maxLine)) {
      Parts parts = parts(lines);
      Head head = head(lines, parts, heads, tenant);
      Map<String, Integer> runs = runs(lines, parts.template());
      return new UploadCheck(head, parts.template(), runs, Buffer.buffer(digest.digest()));
    }
  }

  static Parts parts(Lines lines) throws IOException {
    Buffer first = lines.next();
    if (first == null) {
      throw Unfit.malformed("There is no line (expected: the head of the batch, then its jobs)");
    }
    return in(lines, () -> Parts.read(first));
  }

  private static Head head(Lines lines, Parts parts, HeadReader heads, Tenant tenant) {
    return in(lines, () -> {
      parts.noSingleJob();
      if (parts.jobs() != null) {
        throw Unfit.saying("/jobs", parts.jobs().size() + " jobs", "each in a line of its own");
      }
      return heads.read(tenant, parts.values(), parts.template(), "batch");
    });
  }

  private static Map<String, Integer> runs(Lines lines, @Nullable Spec template)
      throws IOException {
    Map<String, Integer> runs = new HashMap<>();
    int count = 0;
    for (Buffer line = lines.next(); line != null; line = lines.next()) {
      count++;
      if (count > Bodies.MOST_JOBS) {
        throw Unfit.saying("", "more", "1 to " + Bodies.MOST_JOBS + " jobs").inLine(lines.number());
      }
      runs.merge(job(lines, line, template).language(), 1, Integer::sum);
    }
    if (count == 0) {
      throw Unfit.saying("", "only a head", "1 to " + Bodies.MOST_JOBS + " jobs behind it");
    }
    return runs;
  }

  static NewJob job(Lines lines, Buffer line, @Nullable Spec template) {
    return in(lines, () -> {
      JsonCutter in = new JsonCutter(line);
      in.enterObject();
      Draft draft = Draft.read(in, "");
      in.expectEnd();
      return draft.under(template, "");
    });
  }

  /** What is wrong in a line is said with its number. */
  private static <T> T in(Lines lines, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Unfit unfit) {
      throw unfit.inLine(lines.number());
    } catch (NotJson malformed) {
      throw Unfit.malformed(malformed.words()).inLine(lines.number());
    }
  }
}
