package io.gradelane.fleet.provider;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that does not end when it is told to. */
final class StubbornServer {

  private StubbornServer() {}

  public static void main(String[] args) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(StubbornServer::waitLong));
    System.out.println("A server is up on http://127.0.0.1:27002");
    new CountDownLatch(1).await(60, TimeUnit.SECONDS);
  }

  private static void waitLong() {
    try {
      new CountDownLatch(1).await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
