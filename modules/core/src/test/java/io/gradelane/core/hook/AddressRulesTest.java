package io.gradelane.core.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  private static final AddressRules STRICT = AddressRules.allowing(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.9.10",
        "169.254.169.254",
        "169.254.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void isNoPublicAddress(String address) {
    assertThat(STRICT.mayReach("hook.example.edu", addresses(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1", "169.253.1.1", "172.15.255.255", "172.32.0.0", "192.167.1.1", "198.17.1.1",
        "198.20.0.1", "223.255.255.255", "::ffff:1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"
      })
  void isPublic(String address) {
    assertThat(STRICT.mayReach("hook.example.edu", addresses(address))).isTrue();
  }

  @Test
  void oneOfThemThatIsPrivateSpoilsAll() {
    assertThat(STRICT.mayReach("two.example.edu", addresses("1.1.1.1", "10.0.0.1")))
        .isFalse();
    assertThat(STRICT.mayReach("none.example.edu", List.of())).isFalse();
  }

  @Test
  void whatIsAllowedMayBeReached() {
    AddressRules rules =
        AddressRules.allowing(List.of("10.1.0.0/16", "fd12::/16", "Grader.internal"));

    assertThat(rules.mayReach("a", addresses("10.1.255.1"))).isTrue();
    assertThat(rules.mayReach("a", addresses("::ffff:10.1.2.3"))).isTrue();
    assertThat(rules.mayReach("a", addresses("fd12:1::1", "10.1.0.1"))).isTrue();
    assertThat(rules.mayReach("a", addresses("10.2.0.1"))).isFalse();
    assertThat(rules.mayReach("a", addresses("10.1.0.1", "10.2.0.1"))).isFalse();
    assertThat(rules.mayReach("grader.INTERNAL", addresses("192.168.0.9"))).isTrue();
    assertThat(rules.mayReach("other.internal", addresses("192.168.0.9"))).isFalse();
  }

  @Test
  void anAddressIsJudgedWhenItIsNamed() {
    assertThat(STRICT.mayName("127.0.0.1")).isFalse();
    assertThat(STRICT.mayName("::ffff:127.0.0.1")).isFalse();
    assertThat(STRICT.mayName("fd00::1")).isFalse();
    assertThat(STRICT.mayName("1.1.1.1")).isTrue();
    assertThat(STRICT.mayName("localhost")).as("nobody has looked it up yet").isTrue();
    assertThat(AddressRules.allowing(List.of("127.0.0.0/8")).mayName("127.0.0.1"))
        .isTrue();
  }

  @Test
  void aBlockEndsWithinAByteToo() {
    AddressRules rules = AddressRules.allowing(List.of("10.16.0.0/12", "10.0.0.9/32"));

    assertThat(rules.mayReach("a", addresses("10.31.255.255"))).isTrue();
    assertThat(rules.mayReach("a", addresses("10.32.0.0"))).isFalse();
    assertThat(rules.mayReach("a", addresses("10.0.0.9"))).isTrue();
    assertThat(rules.mayReach("a", addresses("10.0.0.8"))).isFalse();
    assertThat(AddressRules.allowing(List.of("0.0.0.0/0")).mayReach("a", addresses("127.0.0.1")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "host/8", "10.0.0.0/", "a b", "", "::1"})
  void whatIsNeitherABlockNorAHostIsShown(String wrong) {
    assertThatThrownBy(() -> AddressRules.allowing(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + wrong + "'");
  }

  private static List<InetAddress> addresses(String... literals) {
    return Stream.of(literals).map(AddressRulesTest::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
