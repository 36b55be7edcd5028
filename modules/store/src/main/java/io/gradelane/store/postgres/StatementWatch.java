package io.gradelane.store.postgres;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Is told of every statement that is sent, so that somebody can measure them. Called on any context. */
@FunctionalInterface
public interface StatementWatch {

  /** Nobody measures. */
  StatementWatch NONE = statement -> ended -> {};

  /**
   * One is sent.
   *
   * @return to be told whether it succeeded
   */
  Consumer<Boolean> sent(String statement);

  /** @param open tells how many connections are open */
  default void connections(IntSupplier open) {}
}
