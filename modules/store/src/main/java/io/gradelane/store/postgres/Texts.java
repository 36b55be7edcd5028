package io.gradelane.store.postgres;

/** Texts of others, such as the name of an exam in somebody's calendar. */
final class Texts {

  private Texts() {}

  /** Without the one character that PostgreSQL keeps in no text. */
  static String storable(String text) {
    return text.replace("\0", "");
  }
}
