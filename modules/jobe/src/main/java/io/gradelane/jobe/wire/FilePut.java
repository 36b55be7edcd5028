package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What became of reading the body of a {@code PUT …/files/{id}}. */
public sealed interface FilePut {

  /** The file's bytes, perhaps none. */
  record Contents(Buffer bytes) implements FilePut {}

  /** There are none to be had, and this is what Jobe says to it. */
  record Invalid(JobeAnswer answer) implements FilePut {}

  static FilePut read(String id, Buffer body) {
    try {
      return body.length() == 0 ? missing() : read(id, PhpJson.parse(body));
    } catch (PhpJsonException e) {
      return new Invalid(JobeAnswers.fatal());
    }
  }

  private static FilePut read(String id, Json json) {
    Json contents = json instanceof Json.Obj object ? object.get("file_contents") : null;
    return contents == null || contents == Json.Null.NULL
        ? missing()
        : decode(id, PhpText.string(contents));
  }

  private static FilePut decode(String id, @Nullable String contents) {
    if (contents == null) {
      return new Invalid(JobeAnswers.fatal());
    }
    byte[] bytes = PhpBase64.decode(contents);
    return bytes == null
        ? new Invalid(
            JobeAnswers.text(400, "put: contents of file " + id + " are not valid base-64"))
        : new Contents(Buffer.buffer(bytes));
  }

  private static FilePut missing() {
    return new Invalid(JobeAnswers.text(400, "put: missing file_contents parameter"));
  }

  /** The body that puts {@code bytes} on a server. */
  static Buffer body(Buffer bytes) {
    String encoded = java.util.Base64.getEncoder().encodeToString(bytes.getBytes());
    return Buffer.buffer("{\"file_contents\":\"" + encoded + "\"}");
  }
}
