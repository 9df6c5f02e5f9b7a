package dev.nightjar.doors.comment;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server's interface of JSON under one address. The token goes there and nowhere else, as no
 * answer is followed to another place.
 */
final class JsonApi {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration[] PAUSES = {
    Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(3)
  };
  private static final int MOST_BYTES = 32 << 20;
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final int REDIRECTING = 300;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final String address;
  private final Map<String, String> headers;

  /**
   * An interface.
   *
   * @param headers what each request says, such as the token
   */
  JsonApi(String address, Map<String, String> headers) {
    this.address = address.replaceFirst("/+$", "");
    this.headers = Map.copyOf(headers);
  }

  /** An answer that came. */
  record Answer(int status, JsonNode body) {
    boolean isGood() {
      return status < REDIRECTING;
    }
  }

  JsonNode get(String path) throws InterruptedException {
    return good("GET", path, ask("GET", path, null));
  }

  /** Whatever the answer is. */
  Answer tryToGet(String path) throws InterruptedException {
    return ask("GET", path, null);
  }

  JsonNode send(String method, String path, String text) throws InterruptedException {
    return good(method, path, ask(method, path, text));
  }

  private JsonNode good(String method, String path, Answer answer) {
    if (answer.isGood()) {
      return answer.body();
    }
    String said = answer.body().path("message").asString("");
    throw new Failure.Unavailable(
        "%s answers %s of %s with %d%s: %s"
            .formatted(
                address,
                method,
                path,
                answer.status(),
                said.isEmpty() ? "" : " (" + said + ")",
                remedy(answer.status())));
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401 -> "the token is none that it knows, or is no longer.";
      case 403, 404 ->
          "the token may not comment there. A pull request from a fork has none that may; else give"
              + " the job the right to write to pull requests.";
      default -> "try again later.";
    };
  }

  /** Asks up to three times where a server is only busy; a text that was taken is not sent anew. */
  private Answer ask(String method, String path, @Nullable String text)
      throws InterruptedException {
    Failure.Unavailable last = new Failure.Unavailable(address + " was not asked.");
    for (Duration pause : PAUSES) {
      Thread.sleep(pause);
      try {
        Answer answer = once(request(method, path, text));
        if (!PASSING.contains(answer.status())) {
          return answer;
        }
        last = new Failure.Unavailable("%s answers %d.".formatted(address, answer.status()));
      } catch (IOException e) {
        last =
            new Failure.Unavailable(
                address + " cannot be reached (" + e + "): check the runner's network.", e);
        if (text != null) {
          throw last; // it may have been taken
        }
      }
    }
    throw last;
  }

  private HttpRequest request(String method, String path, @Nullable String text) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(LIMIT)
              .header("Accept", "application/json")
              .header("User-Agent", "nightjar");
      headers.forEach(request::header);
      if (text == null) {
        return request.method(method, BodyPublishers.noBody()).build();
      }
      String body = JsonMapper.shared().createObjectNode().put("body", text).toString();
      return request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(body))
          .build();
    } catch (IllegalArgumentException e) {
      throw new Failure.Misuse(
          "'" + address + "' is no address of a server, or the token is no token.", e);
    }
  }

  private Answer once(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), parsed(text));
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JsonMapper.shared().readTree(text.isBlank() ? "null" : text);
    } catch (JacksonException e) {
      return JsonMapper.shared().nullNode(); // a proxy's page of HTML, say
    }
  }
}
