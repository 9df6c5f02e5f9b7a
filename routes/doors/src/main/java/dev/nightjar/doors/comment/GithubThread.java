package dev.nightjar.doors.comment;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The comments of a pull request on GitHub, or on a server that speaks as it does. */
final class GithubThread implements ReviewThread {
  /** Whom the token of a workflow speaks for, which may not ask who it is. */
  private static final String WORKFLOWS = "github-actions[bot]";

  private final JsonApi api;
  private final String repository;
  private final String comments;

  /**
   * A thread.
   *
   * @param repository as owner/name
   */
  GithubThread(String address, String token, String repository, long number) {
    api = new JsonApi(address, Map.of("Authorization", "Bearer " + token));
    this.repository = "/repos/" + repository;
    comments = this.repository + "/issues/" + number + "/comments";
  }

  @Override
  public Optional<String> own(String mark) throws InterruptedException {
    JsonApi.Answer user = api.tryToGet("/user");
    String self = user.isGood() ? user.body().path("login").asString("") : WORKFLOWS;
    return Pages.first(
        number -> api.get(comments + "?per_page=" + Pages.SIZE + "&page=" + number),
        comment ->
            comment.path("body").asString("").startsWith(mark)
                && comment.path("user").path("login").asString("").equals(self),
        comment -> comment.path("id").asString());
  }

  @Override
  public String edit(String id, String body) throws InterruptedException {
    return address(api.send("PATCH", repository + "/issues/comments/" + id, body));
  }

  @Override
  public String add(String body) throws InterruptedException {
    return address(api.send("POST", comments, body));
  }

  private static String address(JsonNode comment) {
    return comment.path("html_url").asString("");
  }
}
