package io.gradelane.jobe.wire;

/** The names under which files are put and asked for: alphanumeric ASCII, so never a path. */
public final class FileId {

  /** Fewer characters than this can be put, but not named in a file list. */
  private static final int LEAST_IN_LIST = 8;

  private static final int MD5_LENGTH = 32;

  private FileId() {}

  /** Whether {@code id} can stand in {@code …/files/{id}}. */
  public static boolean isValid(String id) {
    return isAlphanumeric(id);
  }

  /** Whether {@code id} can stand in a run's {@code file_list}. */
  public static boolean isValidInList(String id) {
    return id.length() >= LEAST_IN_LIST && isAlphanumeric(id);
  }

  /** Whether {@code name} may be given to a file in the run's folder: {@code [A-Za-z0-9._-]+}, not only {@code ._-}. */
  public static boolean isValidName(String name) {
    return isAlphanumeric(name.replace("-", "").replace("_", "").replace(".", ""));
  }

  /** Whether {@code id} has the form of an MD5 as CodeRunner writes it: 32 hexadecimal digits, lower case. */
  public static boolean looksLikeMd5(String id) {
    return id.length() == MD5_LENGTH && id.chars().allMatch(FileId::isLowerHex);
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  static boolean isAlphanumeric(String text) {
    return !text.isEmpty() && text.chars().allMatch(FileId::isAlphanumeric);
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
