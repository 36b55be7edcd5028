package io.gradelane.core.fleet;

import io.gradelane.core.fleet.Desires.Desire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says how many hosts there should be: up at once, down only when nobody has wanted more for a while. */
final class Scaler {

  private final FleetRules rules;

  Scaler(FleetRules rules) {
    this.rules = rules;
  }

  /** What was wanted before, and now. */
  Desires remember(Outlook outlook, Desires before) {
    return outlook.load().isEmpty()
        ? before.goOn(outlook.now(), rules.hold())
        : before.note(outlook.now(), raw(best(wishes(outlook))), rules.hold());
  }

  /** @param desires the present one included */
  ScaleDecision decide(Outlook outlook, Desires desires) {
    Instant now = outlook.now();
    List<Wish> wishes = wishes(outlook);
    Wish best = best(wishes);
    int raw = raw(best);
    Desire most = desires.most(now);
    Desire held = most.hosts() > raw ? most : new Desire(now, raw);
    boolean mayShrink = outlook.load().isPresent() && desires.cover(now, rules.hold());
    int target = rules.within(held.hosts());
    return new ScaleDecision(
        now,
        outlook.load(),
        wishes,
        best.slots(),
        raw,
        held.hosts(),
        held.at(),
        mayShrink,
        target,
        why(wishes, raw, held, target, now));
  }

  private List<Wish> wishes(Outlook outlook) {
    List<Wish> wishes = new ArrayList<>();
    rules.rules().forEach(rule -> wishes.add(rule.wish(outlook)));
    wishes.sort(Comparator.comparingInt(Wish::slots).reversed());
    return wishes;
  }

  private static Wish best(List<Wish> wishes) {
    return wishes.getFirst();
  }

  private int raw(Wish wish) {
    return Math.ceilDiv(wish.slots(), rules.slotsPerHost());
  }

  private String why(List<Wish> wishes, int raw, Desire held, int target, Instant now) {
    StringBuilder text = new StringBuilder(Words.hosts(target)).append(" wanted.");
    for (Wish wish : wishes) {
      text.append(' ').append(wish.rule()).append(": ");
      if (wish.knows()) {
        text.append(wish.slots()).append(" slots (").append(wish.words()).append(").");
      } else {
        text.append("no wish (").append(wish.words()).append(").");
      }
    }
    text.append(" The highest, at ").append(rules.slotsPerHost()).append(" slots a host, is ");
    text.append(Words.hosts(raw)).append('.');
    if (held.hosts() > raw) {
      text.append(" Held at ").append(held.hosts()).append(" until ");
      text.append(held.at().plus(rules.hold())).append(", because ").append(held.hosts());
      text.append(" were wanted ").append(Words.of(Duration.between(held.at(), now)));
      text.append(" ago.");
    }
    if (target != held.hosts()) {
      text.append(" Kept between ").append(rules.min()).append(" and ").append(rules.max());
      text.append('.');
    }
    return text.toString();
  }
}
