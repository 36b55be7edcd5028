package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalMembersTest extends MembersContract {

  @Override
  Members open(String node) {
    return new LocalMembers(Company.member(node));
  }

  @Test
  void isAlone() {
    assertThat(open("n1").snapshot()).containsExactly(Company.member("n1"));
  }
}
