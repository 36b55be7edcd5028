package io.gradelane.store.heap;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Each tenant's own names for files, where the name is not the digest. Thread-safe. */
final class FileNames {

  /** About what an entry costs beside its strings: map node, record, strings' headers. */
  private static final int OVERHEAD_BYTES = 250;

  private record Name(String tenant, String id) {}

  private final ByteLru<Name, String> digests;

  FileNames(long maxBytes, Duration ttl, InstantSource clock) {
    digests = new ByteLru<>(maxBytes, ttl, clock, name -> {});
  }

  /** From now on {@code tenant} means the content with that digest when it says {@code id}. */
  void put(String tenant, String id, String md5) {
    Name name = new Name(tenant, id);
    if (id.equals(md5)) {
      digests.remove(name);
    } else {
      digests.put(name, md5, OVERHEAD_BYTES + tenant.length() + id.length() + md5.length());
    }
  }

  /** Null if the tenant has given no such name. */
  @Nullable
  String get(String tenant, String id) {
    return digests.get(new Name(tenant, id));
  }

  void forgetExpired() {
    digests.forgetExpired();
  }

  long bytes() {
    return digests.bytes();
  }
}
