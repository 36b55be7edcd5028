package io.gradelane.api.hooks;

/**
 * How many deliveries may be under way to one endpoint: more with each that arrives, half as many after one that is
 * answered but not taken, one after silence. So an endpoint that hangs soon has one slot of those that all share. Used on
 * one context only.
 */
final class Window {

  /** Of an endpoint of which nothing is known. */
  static final int FIRST = 8;

  private final int most;
  private int size;
  private int underWay;

  /** @param most that it grows to */
  Window(int most) {
    this.most = most;
    size = Math.min(FIRST, most);
  }

  /** How many more there may be: none while most are under way, so that they are claimed in groups. */
  int room() {
    return 2 * underWay > size ? 0 : size - underWay;
  }

  int underWay() {
    return underWay;
  }

  void begin() {
    underWay++;
  }

  /** One has ended. */
  void end(HookAnswer answer) {
    underWay--;
    if (answer.reason().isEmpty()) {
      size = Math.min(most, size + 1);
    } else {
      size = answer.status() == 0 ? 1 : Math.max(1, size / 2);
    }
  }
}
