package io.gradelane.api.journey;

/** A file that was here when the run came is here no more. An expected failure, so without a stack trace. */
final class FilesGone extends RuntimeException {

  FilesGone(String md5) {
    super("file " + md5 + " is here no more", null, false, false);
  }
}
