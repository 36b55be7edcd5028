package io.gradelane.sandbox;

import io.gradelane.jobe.wire.FilePut;
import io.gradelane.jobe.wire.FileRef;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.jobe.wire.Reading;
import io.gradelane.jobe.wire.RunReader;
import io.gradelane.jobe.wire.RunSpec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is asked of a sandbox, off the event loop. A client that goes away changes nothing: its run runs to its end. */
final class Workshop {

  private static final Logger log = LoggerFactory.getLogger(Workshop.class);

  private final Vertx vertx;
  private final SandboxOptions options;
  private final Premises premises;
  private final Slots slots;

  Workshop(Vertx vertx, SandboxOptions options, Premises premises) {
    this.vertx = vertx;
    this.options = options;
    this.premises = premises;
    this.slots = new Slots(options.slots());
  }

  JobeAnswer languages() {
    return JobeAnswers.languages(premises.toolbox().versions());
  }

  JobeAnswer head(String id) {
    return premises.files().has(id) ? JobeAnswers.stored() : JobeAnswers.noSuchFile();
  }

  Future<JobeAnswer> put(String id, Buffer body) {
    return vertx.executeBlocking(() -> store(id, body), false);
  }

  private JobeAnswer store(String id, Buffer body) {
    return switch (FilePut.read(id, body)) {
      case FilePut.Invalid invalid -> invalid.answer();
      case FilePut.Contents contents -> write(id, contents.bytes());
    };
  }

  private JobeAnswer write(String id, Buffer bytes) {
    try {
      premises.files().put(id, bytes);
      return JobeAnswers.stored();
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", id).setCause(e).log("file could not be written");
      return JobeAnswers.fileNotWritten(id);
    }
  }

  Future<JobeAnswer> run(Buffer body) {
    return vertx
        .executeBlocking(() -> RunReader.read(body, premises.toolbox()::has), false)
        .compose(reading -> switch (reading) {
          case Reading.Invalid invalid -> Future.succeededFuture(invalid.answer());
          case Reading.Valid valid -> run(valid.spec());
        });
  }

  private Future<JobeAnswer> run(RunSpec spec) {
    for (FileRef file : spec.files()) {
      if (!premises.files().has(file.id())) {
        return Future.succeededFuture(JobeAnswers.missingFiles());
      }
    }
    return spec.testsOverload()
        ? Future.succeededFuture(JobeAnswers.overload())
        : slot().compose(slot -> slot.isPresent() ? runIn(slot.getAsInt(), spec) : refused());
  }

  private Future<JobeAnswer> refused() {
    log.atInfo().addKeyValue("slots", options.slots()).log("no slot became free in time");
    return Future.succeededFuture(JobeAnswers.overload());
  }

  /** Looks for a free slot as Jobe does: now, then once in a while, in no order among those who wait. */
  private Future<OptionalInt> slot() {
    Promise<OptionalInt> promise = Promise.promise();
    look(0, promise);
    return promise.future();
  }

  private void look(int polls, Promise<OptionalInt> promise) {
    OptionalInt slot = slots.take();
    if (slot.isPresent() || polls == options.polls()) {
      promise.complete(slot);
    } else {
      vertx.setTimer(options.poll().toMillis(), timer -> look(polls + 1, promise));
    }
  }

  private Future<JobeAnswer> runIn(int slot, RunSpec spec) {
    Cell cell = premises.cell(slot);
    var stage = CompletableFuture.supplyAsync(() -> runBlocking(cell, slot, spec), cell.thread());
    return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
  }

  private JobeAnswer runBlocking(Cell cell, int slot, RunSpec spec) {
    try {
      Language language = premises.toolbox().language(spec.language()).orElseThrow();
      return new RunJob(spec, language, premises.warden(), cell.uid())
          .run(premises.runs(), premises.files(), new SplittableRandom());
    } catch (IOException e) {
      log.atWarn().addKeyValue("slot", slot).setCause(e).log("run could not be started");
      return JobeAnswers.serverException("The run could not be started");
    } catch (InterruptedException e) {
      log.atInfo().addKeyValue("slot", slot).log("run was stopped because the sandbox closes");
      return JobeAnswers.fatal();
    } finally {
      slots.free(slot);
    }
  }
}
