package io.gradelane.core.run;

/** Jobe's codes for how a run ended, as in the {@code outcome} of a result. */
public final class Outcome {

  public static final int COMPILE_ERROR = 11;
  public static final int RUNTIME_ERROR = 12;
  public static final int TIME_LIMIT = 13;
  public static final int SUCCESS = 15;
  public static final int MEMORY_LIMIT = 17;
  public static final int ILLEGAL_CALL = 19;
  public static final int INTERNAL_ERROR = 20;
  public static final int OVERLOAD = 21;

  private Outcome() {}
}
