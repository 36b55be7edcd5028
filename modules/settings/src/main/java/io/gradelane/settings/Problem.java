package io.gradelane.settings;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path the key, as {@code lanes.exam.patience}; empty for a file that cannot be read at all
 * @param value what stands there, as it was written; never a secret
 * @param expected what could stand there, in words
 * @param where {@code line 12}, {@code line 3 of jobe_list.json} or {@code from GRADELANE_HTTP_PORT}; may be empty
 */
public record Problem(String path, String value, String expected, String where) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(path);
    if (!value.isEmpty()) {
      text.append(path.isEmpty() ? "" : ": ").append(value);
    }
    text.append(" (expected: ").append(expected).append(')');
    return where.isEmpty() ? text.toString() : text.append(", ").append(where).toString();
  }
}
