package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;
import java.util.ArrayList;
import java.util.List;

/** What a node has to do outside of itself, in order, until it is taken. */
final class Mail {

  private final String self;
  private List<Effect> effects = new ArrayList<>();

  Mail(String self) {
    this.self = self;
  }

  /** Nothing is sent to oneself, or to nobody. */
  void send(String node, PeerMessage message) {
    if (!node.equals(self) && !node.isEmpty()) {
      effects.add(new Effect.Send(node, message));
    }
  }

  void answer(String asker, Decision decision) {
    effects.add(new Effect.Answer(asker, decision));
  }

  void changed(Stance stance) {
    effects.add(new Effect.Changed(stance));
  }

  void differed(String node) {
    effects.add(new Effect.Differed(node));
  }

  List<Effect> take() {
    List<Effect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
