package io.gradelane.core.hook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses may be reached on behalf of somebody who only named a URL: public ones, and what the operator allows.
 * Asked after the name was resolved, with all the addresses that it has.
 */
public final class AddressRules {

  /** Blocks of IPv4 that are not the public internet (IANA's special-purpose registry), multicast included. */
  private static final List<Cidr> NOT_PUBLIC = blocks(
      "0.0.0.0/8",
      "10.0.0.0/8",
      "100.64.0.0/10",
      "127.0.0.0/8",
      "169.254.0.0/16",
      "172.16.0.0/12",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "224.0.0.0/3");

  /** What has been given out to the public; of it, those that are tunnels to IPv4, and examples. */
  private static final Cidr PUBLIC_6 = Cidr.parse("2000::/3");

  private static final List<Cidr> NOT_PUBLIC_6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final List<Cidr> allowed;
  private final Set<String> hosts;

  private AddressRules(List<Cidr> allowed, Set<String> hosts) {
    this.allowed = List.copyOf(allowed);
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * @param allow blocks of addresses, and names of hosts, that may be reached although they are not public
   * @throws IllegalArgumentException that shows the first which is neither
   */
  public static AddressRules allowing(List<String> allow) {
    List<Cidr> blocks = allow.stream().filter(Cidr::isOne).map(Cidr::parse).toList();
    Set<String> hosts = new HashSet<>();
    allow.stream().filter(one -> !Cidr.isOne(one)).map(AddressRules::host).forEach(hosts::add);
    return new AddressRules(blocks, hosts);
  }

  /** Whether every one of them may be reached: which one a connection takes is not ours to say. */
  public boolean mayReach(String host, List<InetAddress> addresses) {
    return hosts.contains(host.toLowerCase(Locale.ROOT))
        || (!addresses.isEmpty() && addresses.stream().allMatch(this::mayReach));
  }

  /** Whether a host may be named at all: of an address that is known without looking it up. */
  public boolean mayName(String host) {
    return !Cidr.isAddress(host) || mayReach(host, List.of(Cidr.address(host)));
  }

  private boolean mayReach(InetAddress address) {
    byte[] bytes = plain(address.getAddress());
    return isPublic(bytes) || allowed.stream().anyMatch(block -> block.holds(bytes));
  }

  private static boolean isPublic(byte[] address) {
    return address.length == 4
        ? NOT_PUBLIC.stream().noneMatch(block -> block.holds(address))
        : PUBLIC_6.holds(address) && NOT_PUBLIC_6.stream().noneMatch(block -> block.holds(address));
  }

  /** IPv4 in IPv6's clothes is IPv4. */
  private static byte[] plain(byte[] address) {
    boolean mapped = address.length == 16 && Arrays.equals(address, 0, 12, MAPPED, 0, 12);
    return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  private static String host(String name) {
    if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
      throw new IllegalArgumentException(
          "'" + name + "' (expected: the name of a host, or a block such as 10.1.0.0/16)");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private static List<Cidr> blocks(String... texts) {
    return Stream.of(texts).map(Cidr::parse).toList();
  }
}
