package io.gradelane.fleet.provider;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that says that it is up, and ends when it is told to; and by itself, should its test have died. */
final class QuietServer {

  private QuietServer() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("A server is up on http://127.0.0.1:27001");
    new CountDownLatch(1).await(60, TimeUnit.SECONDS);
  }
}
