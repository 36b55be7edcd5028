package io.gradelane.fleet;

import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Scaling;
import io.vertx.core.Future;

/** Answers commands with what came of the buttons. */
final class HostOffice {

  private final FleetRules rules;
  private final FleetOperator operator;

  HostOffice(FleetRules rules, FleetOperator operator) {
    this.rules = rules;
    this.operator = operator;
  }

  /** Fails only if the table does. */
  Future<FleetAnswer> answer(FleetCommand command) {
    boolean ending =
        command instanceof FleetCommand.Launch || command instanceof FleetCommand.Terminate;
    if (rules.scaling() == Scaling.FIXED && ending) {
      return refuse("the hosts are those that the provider lists; they can only be drained");
    }
    return switch (command) {
      case FleetCommand.Launch launch -> answer(operator.launch(rules.max(), launch.by()));
      case FleetCommand.Change change ->
        isId(change.host())
            ? change(change, new HostId(change.host()))
            : Future.succeededFuture(new FleetAnswer.NoSuchHost(change.host()));
    };
  }

  private Future<FleetAnswer> change(FleetCommand.Change change, HostId id) {
    return operator
        .find(id)
        .compose(host -> host.isEmpty()
            ? Future.succeededFuture(new FleetAnswer.NoSuchHost(change.host()))
            : answer(
                switch (change) {
                  case FleetCommand.Drain drain -> operator.drain(id, drain.by());
                  case FleetCommand.Undrain undrain -> operator.takeBack(id, undrain.by());
                  case FleetCommand.Terminate terminate -> operator.condemn(id, terminate.by());
                }));
  }

  private static Future<FleetAnswer> answer(Future<Host> done) {
    return done.<FleetAnswer>map(
            host -> new FleetAnswer.Changed(host.id().value(), host.state().word()))
        .recover(cause -> cause instanceof IllegalArgumentException
            ? refuse(String.valueOf(cause.getMessage()))
            : Future.failedFuture(cause));
  }

  private static Future<FleetAnswer> refuse(String why) {
    return Future.succeededFuture(new FleetAnswer.Refused(why));
  }

  private static boolean isId(String text) {
    try {
      return new HostId(text).value().equals(text);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
