package io.gradelane.settings;

import io.gradelane.core.lane.ExamWindow;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set, validated. Defaults stand in {@code SettingsDefaults}.
 *
 * @param servers those of {@code servers:} and those imported from {@code jobeList}; empty means: the embedded
 *     sandboxes alone
 */
public record Settings(
    Http http,
    Path dataDir,
    Pool pool,
    List<ServerSpec> servers,
    Sandbox sandbox,
    Access access,
    Files files,
    Database database,
    Jobs jobs,
    Webhooks webhooks,
    Health health,
    Limits limits,
    Drain drain,
    Log log,
    Cluster cluster,
    Records records,
    FleetSettings fleet) {

  public Settings {
    servers = List.copyOf(servers);
  }

  /** A node that stands alone, has no fleet, and keeps no jobs. */
  public Settings(
      Http http,
      Path dataDir,
      Pool pool,
      List<ServerSpec> servers,
      Sandbox sandbox,
      Access access,
      Files files,
      Health health,
      Limits limits,
      Drain drain,
      Log log) {
    this(
        http,
        dataDir,
        pool,
        servers,
        sandbox,
        access,
        files,
        Database.NONE,
        SettingsDefaults.JOBS,
        SettingsDefaults.WEBHOOKS,
        health,
        limits,
        drain,
        log,
        SettingsDefaults.CLUSTER,
        SettingsDefaults.RECORDS,
        SettingsDefaults.FLEET);
  }

  /** Whether there is a database, or will be one: of a cluster's node only one that is named. */
  public boolean hasDatabase() {
    return database.url() != null || (database.embedded() && !cluster.clustered());
  }

  /** With other rules for webhooks. */
  public Settings with(Webhooks other) {
    return new Settings(
        http, dataDir, pool, servers, sandbox, access, files, database, jobs, other, health, limits,
        drain, log, cluster, records, fleet);
  }

  /**
   * How many embedded sandboxes to start: none beside configured servers or hosts that come and go, and none where nodes
   * of other machines would be sent to a sandbox that listens on loopback.
   */
  public int sandboxes() {
    boolean reachable = !cluster.clustered() || cluster.onThisMachine();
    return servers.isEmpty() && reachable && !fleet.brings() ? sandbox.count() : 0;
  }

  /**
   * @param host address to listen on; without API keys it must be a loopback address
   * @param port 0 for any free one
   * @param maxBodyBytes larger request bodies are answered 413
   * @param corsOrigins {@code *} or exact origins; empty turns CORS off
   * @param instances API verticles on this node, 1 or more
   * @param docs whether the contract and its page are shown
   */
  public record Http(
      String host,
      int port,
      long maxBodyBytes,
      List<String> corsOrigins,
      int instances,
      boolean docs) {
    public Http {
      corsOrigins = List.copyOf(corsOrigins);
    }

    /** One that shows its contract. */
    public Http(String host, int port, long maxBodyBytes, List<String> corsOrigins, int instances) {
      this(host, port, maxBodyBytes, corsOrigins, instances, true);
    }
  }

  /**
   * @param name of the pool; names its bus addresses
   * @param lanes at least one; the first is where a key without a default lane goes
   * @param reserveFloor least slots kept free of lanes that are not live, 1 or more
   * @param retryRatio retries allowed per run granted, 0 to 1
   * @param warmUp slow start of a server that comes back
   * @param windows times in which it is kept for exams
   */
  public record Pool(
      String name,
      List<LaneSpec> lanes,
      int reserveFloor,
      double retryRatio,
      Duration warmUp,
      List<ExamWindow> windows) {
    public Pool {
      lanes = List.copyOf(lanes);
      windows = List.copyOf(windows);
    }

    /** A pool without exams. */
    public Pool(
        String name, List<LaneSpec> lanes, int reserveFloor, double retryRatio, Duration warmUp) {
      this(name, lanes, reserveFloor, retryRatio, warmUp, List.of());
    }
  }

  /**
   * The embedded sandboxes, for trying out.
   *
   * @param count how many; they are started only if no server is configured
   * @param slots of each
   */
  public record Sandbox(int count, int slots) {}

  /**
   * @param keys empty means: nobody needs a key, and the gateway listens on loopback only
   */
  public record Access(List<ApiKey> keys) {
    public Access {
      keys = List.copyOf(keys);
    }
  }

  /**
   * One API key: a tenant.
   *
   * @param name the tenant's name, for logs, metrics and fairness
   * @param sha256 of the key, lower-case hex
   * @param lanes that it may name; empty for all
   * @param defaultLane where its runs go when they name none, or one that it may not use
   * @param scopes {@code run} for Jobe's face and runs, {@code admin} for lanes, servers and refresh
   * @param maxInFlight most runs granted at once
   * @param maxQueued most runs waiting at once
   * @param perMinute most runs asked for in a minute
   */
  public record ApiKey(
      String name,
      String sha256,
      Set<String> lanes,
      String defaultLane,
      Set<String> scopes,
      int maxInFlight,
      int maxQueued,
      int perMinute) {
    public ApiKey {
      lanes = Set.copyOf(lanes);
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * @param redis where Redis is, or null for this node's own heap and disk
   * @param heapBytes most bytes kept in the heap
   * @param diskBytes most bytes kept under {@code data.dir}
   * @param maxFileBytes a larger file is answered 413
   * @param ttl how long a file is kept after its last use
   */
  public record Files(
      @Nullable URI redis, long heapBytes, long diskBytes, long maxFileBytes, Duration ttl) {}

  /**
   * Where jobs are kept.
   *
   * @param embedded whether a PostgreSQL of this node's own is started where no {@code url} is set; without either there
   *     are no durable jobs
   * @param url of a PostgreSQL that all nodes share, or null
   * @param user to speak to it as
   * @param password or null
   * @param connections of this node, most at once
   * @param timeout a statement that takes longer is ended, and a connection on which nothing is heard for a little longer
   *     is given up
   * @param keep how long a batch is kept after the week in which it was submitted
   */
  public record Database(
      boolean embedded,
      @Nullable URI url,
      String user,
      @Nullable String password,
      int connections,
      Duration timeout,
      Duration keep) {

    /** No durable jobs. */
    public static final Database NONE =
        new Database(false, null, "gradelane", null, 2, Duration.ofSeconds(30), Duration.ofDays(1));

    @Override
    public String toString() {
      return "Database[" + (url == null ? "embedded " + embedded : url + " as " + user)
          + ", connections " + connections + ", timeout " + timeout + ", keep " + keep + "]";
    }
  }

  /**
   * Durable jobs.
   *
   * @param maxUploadBytes most bytes of a batch that comes line by line; it is not held in memory, so it may be larger
   *     than other bodies
   */
  public record Jobs(long maxUploadBytes) {}

  /**
   * Where what has ended may be told.
   *
   * @param allow hosts, and blocks of addresses, that may be reached although they are not public
   * @param http whether plain HTTP will do
   * @param perEndpoint most deliveries under way to one host and port
   * @param atOnce most deliveries under way in all
   */
  public record Webhooks(List<String> allow, boolean http, int perEndpoint, int atOnce) {
    public Webhooks {
      allow = List.copyOf(allow);
    }

    /** With the usual bounds. */
    public Webhooks(List<String> allow, boolean http) {
      this(allow, http, SettingsDefaults.PER_ENDPOINT, SettingsDefaults.AT_ONCE);
    }
  }

  /**
   * @param interval between two probes of one server
   * @param timeout of one probe
   * @param runEvery between two probe runs on one server
   * @param failures probes that must fail in a row before a suspect server is down
   * @param ejection first ejection; doubled each time, up to {@code maxEjection}
   */
  public record Health(
      Duration interval,
      Duration timeout,
      Duration runEvery,
      int failures,
      Duration ejection,
      Duration maxEjection) {}

  /**
   * What a tenant may ask of a server; larger or unbounded wishes are clamped.
   *
   * @param streamSizeMb most {@code streamsize}, in MB
   * @param memoryMb most {@code memorylimit}, in MB
   * @param processes most {@code numprocs}
   */
  public record Limits(int streamSizeMb, int memoryMb, int processes) {}

  /**
   * @param delay between failing readiness and refusing new connections
   * @param timeout for what is in flight
   */
  public record Drain(Duration delay, Duration timeout) {}

  /**
   * @param format {@code auto} (text on a terminal, else JSON), {@code json} or {@code text}
   * @param level of the root logger
   */
  public record Log(String format, String level) {}

  /**
   * What is written down of every run that somebody waits for; never its body.
   *
   * @param enabled whether anything is
   * @param keep how long, at least; it ends by whole days
   */
  public record Records(boolean enabled, Duration keep) {}

  /**
   * The other nodes. Who names none, and no way to find them, stands alone.
   *
   * @param name of the cluster; nodes of another name are strangers
   * @param host address of this machine that the others reach; all of the cluster's ports listen there
   * @param port of the member list, the same one always
   * @param busPort of the event bus, 0 for any free one
   * @param members {@code host:port} of nodes to look for, this one among them or not; one that answers is enough
   * @param kubernetesService name in the DNS whose addresses are the members', or null
   * @param secret that the nodes share, or null on a loopback address
   * @param internalPort where other nodes fetch files, 0 for any free one
   */
  public record Cluster(
      String name,
      String host,
      int port,
      int busPort,
      List<String> members,
      @Nullable String kubernetesService,
      @Nullable String secret,
      int internalPort) {

    public Cluster {
      members = List.copyOf(members);
    }

    public boolean clustered() {
      return !members.isEmpty() || kubernetesService != null;
    }

    /** Whether all nodes must be on this machine, since no other can reach this one. */
    public boolean onThisMachine() {
      return Uris.isLoopback(host);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Cluster[" + name + " " + host + ":" + port + ", members " + members + "]";
    }
  }
}
