package io.gradelane.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.gradelane.api.contract.Contract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundTest {

  private static final Contract TWO = Contract.of("""
      paths:
        /things/{name}:
          get: {operationId: getThing, security: [{apiKey: [run]}, {bearer: [run]}]}
          patch: {operationId: changeThing, security: [{apiKey: [admin]}]}
      """);

  private static final Route GET = route("GET", "/things/:name", "run");
  private static final Route PATCH = route("PATCH", "/things/:name", "admin");

  private static Route route(String method, String path, String scope) {
    return Route.of(method, path, scope, call -> {});
  }

  @Test
  void eachOperationIsBoundToTheRouteWithItsMethodAndPath() {
    assertThat(Bound.all(TWO, List.of(PATCH, GET)))
        .extracting(bound -> bound.operation().id(), Bound::route)
        .containsExactly(tuple("changeThing", PATCH), tuple("getThing", GET));
  }

  @Test
  void nothingStartsThatDiffersFromTheContractAndEverythingIsSaidAtOnce() {
    Route strange = route("POST", "/things", "run");

    assertThatThrownBy(() -> Bound.all(TWO, List.of(GET, strange)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not have POST /things")
        .hasMessageContaining("nobody answers changeThing of the contract: PATCH /things/{name}");
    assertThatThrownBy(() -> Bound.all(TWO, List.of(GET, GET, PATCH)))
        .hasMessageContaining("answered twice");
    assertThatThrownBy(() -> Bound.all(TWO, List.of(GET, route("PATCH", "/things/:name", "run"))))
        .hasMessageContaining("scope 'run' (the contract: 'admin')");
  }
}
