package io.gradelane.fleet.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As much of EC2's query interface as a fleet meets: run, describe (in pages of two, filtered by tag value and state) and
 * terminate; with errors on demand, and with listings that know of a launch only when asked once more.
 */
final class ScriptedEc2 implements AutoCloseable {

  private static final int PAGE = 2;

  private static final class Instance {
    final String id;
    final String clientToken;
    final Map<String, String> tags;
    String state = "pending";
    int hiddenFor;

    Instance(String id, String clientToken, Map<String, String> tags, int hiddenFor) {
      this.id = id;
      this.clientToken = clientToken;
      this.tags = tags;
      this.hiddenFor = hiddenFor;
    }
  }

  private record Failure(String action, int status, String code) {}

  private final HttpServer server;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final List<Map<String, String>> requests = new ArrayList<>();
  private int hidden;
  private int number;

  ScriptedEc2() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The next so many requests of an action fail. */
  synchronized void fail(String action, int times, int status, String code) {
    for (int i = 0; i < times; i++) {
      failures.add(new Failure(action, status, code));
    }
  }

  /** What is launched from now on is missing from the next so many listings. */
  synchronized void hideLaunched(int listings) {
    hidden = listings;
  }

  synchronized void put(String id, String state, Map<String, String> tags) {
    Instance instance = new Instance(id, "", tags, 0);
    instance.state = state;
    instances.put(id, instance);
  }

  synchronized List<Map<String, String>> requests(String action) {
    return requests.stream().filter(one -> action.equals(one.get("Action"))).toList();
  }

  synchronized long living() {
    return instances.values().stream()
        .filter(one -> !one.state.equals("terminated"))
        .count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> request =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Answer answer = answer(request);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml;charset=UTF-8");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private record Answer(int status, String body) {}

  private synchronized Answer answer(Map<String, String> request) {
    requests.add(request);
    String action = request.getOrDefault("Action", "");
    Failure failure = failures.peek();
    if (failure != null && failure.action().equals(action)) {
      failures.remove();
      return error(failure.status(), failure.code());
    }
    return switch (action) {
      case "RunInstances" -> run(request);
      case "DescribeInstances" -> describe(request);
      case "TerminateInstances" -> terminate(request);
      default -> error(400, "InvalidAction");
    };
  }

  private Answer run(Map<String, String> request) {
    String token = request.getOrDefault("ClientToken", "");
    Instance instance = instances.values().stream()
        .filter(one -> one.clientToken.equals(token))
        .findFirst()
        .orElseGet(() -> launched(token, tags(request)));
    return new Answer(200, wrapped("RunInstances", set("instancesSet", item(instance))));
  }

  private Instance launched(String token, Map<String, String> tags) {
    Instance instance = new Instance("i-" + ++number, token, tags, hidden);
    instances.put(instance.id, instance);
    return instance;
  }

  private static Map<String, String> tags(Map<String, String> request) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 1; request.containsKey("TagSpecification.1.Tag." + i + ".Key"); i++) {
      String tag = "TagSpecification.1.Tag." + i;
      tags.put(request.getOrDefault(tag + ".Key", ""), request.getOrDefault(tag + ".Value", ""));
    }
    return tags;
  }

  private Answer describe(Map<String, String> request) {
    int from = Integer.parseInt(request.getOrDefault("NextToken", "0"));
    List<Instance> all = instances.values().stream()
        .filter(instance -> passes(instance, request))
        .filter(instance -> from > 0 || instance.hiddenFor-- <= 0)
        .toList();
    StringBuilder items = new StringBuilder();
    all.stream().skip(from).limit(PAGE).forEach(instance -> {
      if (instance.state.equals("pending")) {
        instance.state = "running";
      }
      items.append("<item><reservationId>r-1</reservationId>");
      items.append(set("instancesSet", item(instance))).append("</item>");
    });
    String next = all.size() > from + PAGE ? "<nextToken>" + (from + PAGE) + "</nextToken>" : "";
    return new Answer(
        200, wrapped("DescribeInstances", set("reservationSet", items.toString()) + next));
  }

  private static boolean passes(Instance instance, Map<String, String> request) {
    for (int i = 1; request.containsKey("Filter." + i + ".Name"); i++) {
      String name = request.getOrDefault("Filter." + i + ".Name", "");
      List<String> values = new ArrayList<>();
      for (int j = 1; request.containsKey("Filter." + i + ".Value." + j); j++) {
        values.add(request.getOrDefault("Filter." + i + ".Value." + j, ""));
      }
      String value =
          name.startsWith("tag:") ? instance.tags.get(name.substring(4)) : instance.state;
      if (value == null || !values.contains(value)) {
        return false;
      }
    }
    return true;
  }

  private Answer terminate(Map<String, String> request) {
    @Nullable Instance instance = instances.get(request.getOrDefault("InstanceId.1", ""));
    if (instance == null) {
      return error(400, "InvalidInstanceID.NotFound");
    }
    instance.state = instance.state.equals("shutting-down") ? "terminated" : "shutting-down";
    return new Answer(200, wrapped("TerminateInstances", set("instancesSet", item(instance))));
  }

  private static String item(Instance instance) {
    StringBuilder tags = new StringBuilder();
    instance.tags.forEach((key, value) -> tags.append("<item><key>")
        .append(key)
        .append("</key><value>")
        .append(value)
        .append("</value></item>"));
    String address = instance.state.equals("running")
        ? "<privateIpAddress>10.0.0." + instance.id.length() + "</privateIpAddress>"
        : "";
    return "<item><instanceId>" + instance.id + "</instanceId>" + address
        + "<instanceState><code>0</code><name>" + instance.state + "</name></instanceState>"
        + set("tagSet", tags.toString()) + "</item>";
  }

  private static String set(String name, String items) {
    return "<" + name + ">" + items + "</" + name + ">";
  }

  private static String wrapped(String action, String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><" + action
        + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>1</requestId>"
        + content + "</" + action + "Response>";
  }

  private static Answer error(int status, String code) {
    return new Answer(
        status,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Errors><Error><Code>" + code
            + "</Code><Message>scripted</Message></Error></Errors><RequestID>1</RequestID></Response>");
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : body.split("&", -1)) {
      int at = field.indexOf('=');
      if (at > 0) {
        fields.put(
            URLDecoder.decode(field.substring(0, at), StandardCharsets.UTF_8),
            URLDecoder.decode(field.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }
}
