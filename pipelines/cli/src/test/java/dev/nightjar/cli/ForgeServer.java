package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers on loopback as GitHub's and GitLab's interfaces of comments do. */
final class ForgeServer implements AutoCloseable {
  static final String TOKEN = "secret-token";

  private static final Pattern GITHUB_LIST = Pattern.compile("/repos/o/r/issues/7/comments");
  private static final Pattern GITHUB_ONE = Pattern.compile("/repos/o/r/issues/comments/(\\d+)");
  private static final Pattern GITLAB =
      Pattern.compile("/projects/5/merge_requests/7/notes(/(\\d+))?");

  private final HttpServer server;
  private final List<Comment> comments = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private int busy;
  private int refused;
  private boolean isUser = true;

  ForgeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A comment of somebody. */
  record Comment(long id, String author, String body) {}

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next so many requests find the server busy. */
  void beBusy(int times) {
    busy = times;
  }

  /** From now on all is refused. */
  void refuse(int status) {
    refused = status;
  }

  /** The token is a workflow's own, which may not ask whose it is. */
  void giveWorkflowToken() {
    isUser = false;
  }

  synchronized void add(String author, String body) {
    comments.add(new Comment(100 + comments.size(), author, body));
  }

  synchronized List<Comment> comments() {
    return List.copyOf(comments);
  }

  synchronized long count(Predicate<String> request) {
    return requests.stream().filter(request).count();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    requests.add(method + " " + path);
    String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (refused > 0) {
      exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
      send(exchange, refused, "{\"message\":\"Resource not accessible by integration\"}");
    } else if (busy > 0) {
      busy--;
      send(exchange, 503, "<html>busy</html>");
    } else if (!hasToken(exchange)) {
      send(exchange, 401, "{\"message\":\"Bad credentials\"}");
    } else {
      serve(exchange, method, path, text);
    }
  }

  private static boolean hasToken(HttpExchange exchange) {
    return ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
        || TOKEN.equals(exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN"));
  }

  private String self() {
    return isUser ? "nightjar" : "github-actions[bot]";
  }

  private void serve(HttpExchange exchange, String method, String path, String text)
      throws IOException {
    Matcher one = GITHUB_ONE.matcher(path);
    Matcher notes = GITLAB.matcher(path);
    if (path.equals("/user")) {
      send(exchange, isUser ? 200 : 403, "{\"login\":\"nightjar\",\"id\":1}");
    } else if (method.equals("PATCH") && one.matches()) {
      edit(exchange, Long.parseLong(one.group(1)), text);
    } else if (method.equals("PUT") && notes.matches() && notes.group(2) != null) {
      edit(exchange, Long.parseLong(notes.group(2)), text);
    } else if (GITHUB_LIST.matcher(path).matches() || (notes.matches() && notes.group(1) == null)) {
      if (method.equals("POST")) {
        add(self(), body(text));
        send(exchange, 201, json(comments.getLast()).toString());
      } else {
        send(exchange, 200, page(exchange.getRequestURI().getQuery()).toString());
      }
    } else {
      send(exchange, 404, "{\"message\":\"Not Found\"}");
    }
  }

  private static String body(String text) {
    return JsonMapper.shared().readTree(text).path("body").asString();
  }

  private void edit(HttpExchange exchange, long id, String text) throws IOException {
    comments.replaceAll(
        comment -> comment.id() == id ? new Comment(id, comment.author(), body(text)) : comment);
    send(exchange, 200, json(comments.get((int) id - 100)).toString());
  }

  private JsonNode page(String query) {
    int size = number(query, "per_page");
    int from = (number(query, "page") - 1) * size;
    ArrayNode page = JsonMapper.shared().createArrayNode();
    comments.stream().skip(from).limit(size).forEach(comment -> page.add(json(comment)));
    return page;
  }

  private static int number(String query, String name) {
    Matcher matcher = Pattern.compile("(?:^|&)" + name + "=(\\d+)").matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
  }

  /** With the fields of both servers. */
  private ObjectNode json(Comment comment) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("id", comment.id()).put("body", comment.body());
    node.put("html_url", address() + "/o/r/pull/7#issuecomment-" + comment.id());
    node.putObject("user").put("login", comment.author());
    node.putObject("author").put("id", comment.author().equals("nightjar") ? 1 : 2);
    return node;
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
