package io.gradelane.testkit;

import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A Redis in a container; a new one at each launch, always on the same port. */
final class RedisContainer implements RedisServer {

  private static final String IMAGE = "redis:7.4-alpine";
  private static final int INSIDE = 6379;

  private final int port;
  private GenericContainer<?> container;

  RedisContainer(int port) {
    this.port = port;
    this.container = container(port);
  }

  private static GenericContainer<?> container(int port) {
    PortBinding binding = PortBinding.parse("127.0.0.1:" + port + ":" + INSIDE);
    return new GenericContainer<>(DockerImageName.parse(IMAGE))
        .withCommand("redis-server", "--save", "", "--appendonly", "no", "--protected-mode", "no")
        .withExposedPorts(INSIDE)
        .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1))
        .withCreateContainerCmdModifier(create -> {
          if (create.getHostConfig() != null) {
            create.getHostConfig().withPortBindings(new Ports(binding));
          }
        });
  }

  @Override
  public String origin() {
    return "container " + IMAGE;
  }

  @Override
  public void launch() {
    container = container(port);
    container.start();
  }

  @Override
  public boolean lives() {
    return container.isRunning();
  }

  @Override
  public void kill() {
    container.stop();
  }

  @Override
  public void remove() {
    kill();
  }
}
