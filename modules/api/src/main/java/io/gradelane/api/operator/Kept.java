package io.gradelane.api.operator;

import static java.util.stream.Collectors.groupingBy;

import io.gradelane.store.operator.Setting;
import io.vertx.core.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of all that operators have said, by subject. */
public final class Kept {

  private final Map<String, List<Setting>> bySubject;

  Kept(List<Setting> all) {
    bySubject = all.stream().collect(groupingBy(Setting::subject));
  }

  /** What was said of one value last, unless it has been taken back. */
  public Optional<Setting> of(String subject, String name) {
    return bySubject.getOrDefault(subject, List.of()).stream()
        .filter(setting -> setting.name().equals(name) && setting.value() != null)
        .findFirst();
  }

  /** The values of one subject that have not been taken back. */
  Map<String, @Nullable Object> values(String subject) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Setting setting : bySubject.getOrDefault(subject, List.of())) {
      if (setting.value() != null) {
        values.put(setting.name(), Json.decodeValue(setting.value()));
      }
    }
    return values;
  }

  /** The subject's last version; 0 if nothing was ever said of it. */
  long version(String subject) {
    return bySubject.getOrDefault(subject, List.of()).stream()
        .mapToLong(Setting::version)
        .max()
        .orElse(0);
  }
}
