package io.gradelane.fleet;

/** The provider has said that it starts nothing: no room, no right, a wrong template. */
public final class LaunchRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  public LaunchRefused(String why) {
    super(why, null, false, false);
  }
}
