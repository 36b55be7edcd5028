package io.gradelane.api.submit;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.json.JsonCutter;
import io.gradelane.api.json.NotJson;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks through an upload as it comes, line by line; nothing of the jobs is kept in memory. What is wrong is told when all
 * of it is there. Used by one thread at a time.
 */
final class UploadCheck {

  private final HeadReader heads;
  private final Tenant tenant;
  private final Lines lines;
  private final MessageDigest digest = Digests.begin();
  private final Map<String, Integer> runs = new HashMap<>();
  private int count;
  private @Nullable Head head;
  private @Nullable Spec template;
  private @Nullable Unfit unfit;

  /**
   * What it has found.
   *
   * @param runs how many jobs there are in each language
   */
  record Good(Head head, @Nullable Spec template, Map<String, Integer> runs, Buffer digest) {}

  UploadCheck(HeadReader heads, Tenant tenant, int maxLine) {
    this.heads = heads;
    this.tenant = tenant;
    lines = new Lines(maxLine);
  }

  /** The next bytes. */
  void add(byte[] bytes) {
    digest.update(bytes);
    if (unfit != null) {
      return;
    }
    try {
      lines.add(bytes, bytes.length);
      for (Buffer line = lines.next(); line != null; line = lines.next()) {
        look(line);
      }
    } catch (Unfit wrong) {
      unfit = wrong;
    }
  }

  /** All of it was there. Throws {@link Unfit}, which names the line. */
  Good end() {
    if (unfit != null) {
      throw unfit;
    }
    Buffer last = lines.last();
    if (last != null) {
      look(last);
    }
    if (head == null) {
      throw Unfit.malformed("There is no line (expected: the head of the batch, then its jobs)");
    }
    if (count == 0) {
      throw Unfit.saying("", "only a head", "1 to " + Bodies.MOST_JOBS + " jobs behind it");
    }
    return new Good(head, template, runs, Buffer.buffer(digest.digest()));
  }

  private void look(Buffer line) {
    if (head == null) {
      in(lines.number(), () -> head(Parts.read(line)));
      return;
    }
    count++;
    if (count > Bodies.MOST_JOBS) {
      throw Unfit.saying("", "more", "1 to " + Bodies.MOST_JOBS + " jobs").inLine(lines.number());
    }
    runs.merge(job(lines.number(), line, template).language(), 1, Integer::sum);
  }

  private Head head(Parts parts) {
    parts.noSingleJob();
    if (parts.jobs() != null) {
      throw Unfit.saying("/jobs", parts.jobs().size() + " jobs", "each in a line of its own");
    }
    template = parts.template();
    head = heads.read(tenant, parts.values(), template, "batch");
    return head;
  }

  static NewJob job(int number, Buffer line, @Nullable Spec template) {
    return in(number, () -> {
      JsonCutter in = new JsonCutter(line);
      in.enterObject();
      Draft draft = Draft.read(in, "");
      in.expectEnd();
      return draft.under(template, "");
    });
  }

  /** What is wrong in a line is said with its number. */
  private static <T> T in(int number, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Unfit unfit) {
      throw unfit.inLine(number);
    } catch (NotJson malformed) {
      throw Unfit.malformed(malformed.words()).inLine(number);
    }
  }
}
