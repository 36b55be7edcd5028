package io.gradelane.sandbox;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What belongs to one slot: its uid, and a thread that lives as long as the server, because confined commands die with
 * the thread that started them.
 */
record Cell(int uid, ExecutorService thread) {

  static Cell open(int slot, int uid) {
    String name = "sandbox-slot-" + slot;
    return new Cell(
        uid,
        Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name(name).daemon().unstarted(task)));
  }
}
