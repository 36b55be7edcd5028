package io.gradelane.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a member tells of itself when it joins, as Hazelcast carries it; it stays as it is while the member lives. */
final class Attributes {

  private static final String NODE = "gradelane.node";
  private static final String VERSION = "gradelane.version";
  private static final String WIRE = "gradelane.wire";
  private static final String CONFIGURATION = "gradelane.configuration";
  private static final String INTERNAL = "gradelane.internal";
  private static final String STARTED = "gradelane.started";

  private Attributes() {}

  static Map<String, String> of(Member self) {
    return Map.of(
        NODE, self.node(),
        VERSION, self.version(),
        WIRE, String.valueOf(self.wire()),
        CONFIGURATION, self.configuration(),
        INTERNAL, self.internal(),
        STARTED, String.valueOf(self.startedAt()));
  }

  static Member read(com.hazelcast.cluster.Member member) {
    return new Member(
        text(member, NODE),
        member.getAddress().getHost() + ":" + member.getAddress().getPort(),
        text(member, VERSION),
        (int) number(member, WIRE),
        text(member, CONFIGURATION),
        text(member, INTERNAL),
        number(member, STARTED));
  }

  /** One without a name is no node of ours. */
  static boolean isNode(com.hazelcast.cluster.Member member) {
    return !text(member, NODE).isEmpty();
  }

  private static String text(com.hazelcast.cluster.Member member, String name) {
    @Nullable String value = member.getAttribute(name);
    return value == null ? "" : value;
  }

  private static long number(com.hazelcast.cluster.Member member, String name) {
    String value = text(member, name);
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
  }
}
