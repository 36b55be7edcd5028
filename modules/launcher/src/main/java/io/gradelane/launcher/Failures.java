package io.gradelane.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Failures in one line. */
final class Failures {

  private static final int DEEP = 10;

  private Failures() {}

  /** In the words of the cause that names a file, if there is one. */
  static String line(Throwable failure) {
    FileSystemException file = fileCause(failure);
    return file == null ? message(failure) : message(file);
  }

  /** Whether {@code kind} is among the causes. */
  static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEEP; i++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static @Nullable FileSystemException fileCause(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEEP; i++) {
      if (cause instanceof FileSystemException file) {
        return file;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static String message(FileSystemException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + ": no permission";
      case FileAlreadyExistsException there -> there.getFile() + ": is no folder";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
