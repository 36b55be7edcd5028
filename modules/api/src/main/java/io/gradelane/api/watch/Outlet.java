package io.gradelane.api.watch;

/** Where the words for one subscription go. */
interface Outlet {

  /** Whether nothing more shall be said for now; the {@link Subscription} is to be told when there is room again. */
  boolean isFull();

  void say(Word word);
}
