package io.gradelane.api.journey;

import java.util.Map;
import java.util.TreeSet;

/**
 * The files of one run, all of which this gateway holds.
 *
 * @param md5ById the client's ids and the MD5 of what they stand for
 */
record FileSet(Map<String, String> md5ById) {

  static final FileSet NONE = new FileSet(Map.of());

  FileSet {
    md5ById = Map.copyOf(md5ById);
  }

  /** Each content once. */
  TreeSet<String> md5s() {
    return new TreeSet<>(md5ById.values());
  }

  /** Tells sets of files apart, whatever they are called and in whatever order; 0 for none. */
  long fingerprint() {
    long sum = 0;
    for (String md5 : md5s()) {
      sum = sum * 31 + md5.hashCode() * 0x9E37_79B9_7F4A_7C15L;
    }
    return md5ById.isEmpty() || sum != 0 ? sum : 1;
  }
}
