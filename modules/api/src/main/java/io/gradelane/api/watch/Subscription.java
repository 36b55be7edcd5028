package io.gradelane.api.watch;

/** One topic that is watched over one stream. */
interface Subscription {

  /** Says what there is to say; to be called when its outlet has room again. */
  void flush();

  /** Nothing more is said. Safe twice. */
  void end();
}
