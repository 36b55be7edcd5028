package io.gradelane.store.operator;

import io.vertx.core.Future;
import java.util.List;

/** What operators have set, and what they had set before: by pool, subject and name. */
public interface OperatorSettings {

  /** Keeps it; what was said later of the same names stays. Sent twice, it changes nothing the second time. */
  Future<Void> keep(String pool, Saying saying);

  /** All that was ever said, what has been taken back included; in order of subject and name. */
  Future<List<Setting>> all(String pool);

  /**
   * The changes, newest first.
   *
   * @param before older ones than this number only
   */
  Future<List<SettingChange>> changes(String pool, long before, int limit);
}
