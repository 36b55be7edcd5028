package io.gradelane.core.fleet;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a legal move of a host: the method's name is the cause, its type is the state that follows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Move {

  /** Who may cause it. */
  Who[] by();

  /** When it is caused, and why. */
  String why();
}
