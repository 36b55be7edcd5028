package io.gradelane.sandbox;

import io.gradelane.jobe.wire.Json;
import io.gradelane.jobe.wire.Parameters;
import io.gradelane.jobe.wire.PhpText;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a language must know of a program to compile and run it. */
record Program(String fileName, Parameters parameters) {

  /** A parameter that should be a list and is not; the message is PHP's. */
  static final class BadList extends Exception {
    private BadList(String message) {
      super(message, null, false, false);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  /** The arguments that a compiler gets. */
  String compilerWords(String key, String otherwise) throws BadList {
    Json value = parameters.get(key);
    if (value == Json.Null.NULL) {
      throw new BadList("implode(): Argument #1 ($array) must be of type array, string given");
    }
    return words(value, otherwise, "implode(): Argument #2 ($array) must be of type ?array, ");
  }

  /** The arguments that an interpreter or the program gets. */
  String words(String key, String otherwise) throws BadList {
    return words(
        parameters.get(key), otherwise, "array_merge(): Argument #2 must be of type array, ");
  }

  private static String words(@Nullable Json value, String otherwise, String complaint)
      throws BadList {
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Json.Arr array)) {
      throw new BadList(complaint + PhpText.typeName(value) + " given");
    }
    StringJoiner words = new StringJoiner(" ");
    for (Json item : array.items()) {
      words.add(word(item));
    }
    return words.toString();
  }

  private static String word(Json item) throws BadList {
    String word = PhpText.string(item);
    if (word == null) {
      throw new BadList(
          item instanceof Json.Arr
              ? "Array to string conversion"
              : "Object of class stdClass could not be converted to string");
    }
    return word;
  }

  /** A line that runs {@code executable}, perhaps on a target. */
  String line(String executable, String interpreterArguments, String target) throws BadList {
    StringJoiner line = new StringJoiner(" ");
    line.add(executable).add(words("interpreterargs", interpreterArguments));
    line.add(target).add(words("runargs", ""));
    return line.toString();
  }
}
