package io.gradelane.api.journey;

import io.gradelane.api.http.RunNote;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.jobe.wire.JobeAnswer;

/** Who asked for one run, and takes its one answer. What comes after that, or after the caller has gone, is ignored. */
public interface Caller {

  /** Whether there is nobody any more, or nobody who still waits. */
  boolean isOver();

  /** Calls {@code listener} if the caller goes away before there is an answer. */
  void onGone(Runnable listener);

  /** What happened to the run up to now, for the log. */
  void note(RunNote note);

  /** The answer: a server's, untouched, or one of ours in Jobe's words. */
  void answer(JobeAnswer answer);

  /** The run was not executed, for lack of room. */
  void refuse(Refusal reason, String text);

  /** Something of ours is broken. */
  void crash(Throwable cause);
}
