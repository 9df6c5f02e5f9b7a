package dev.nightjar.doors.comment;

import java.util.Map;
import java.util.Optional;

/** The notes of a merge request on GitLab. */
final class GitlabThread implements ReviewThread {
  private final JsonApi api;
  private final String notes;
  private final String address;

  /**
   * A thread.
   *
   * @param page where people read the merge request; empty where that is not known
   */
  GitlabThread(String address, String token, long project, long number, String page) {
    api = new JsonApi(address, Map.of("PRIVATE-TOKEN", token));
    notes = "/projects/" + project + "/merge_requests/" + number + "/notes";
    this.address = page;
  }

  @Override
  public Optional<String> own(String mark) throws InterruptedException {
    long self = api.get("/user").path("id").asLong(-1);
    return Pages.first(
        number -> api.get(notes + "?sort=asc&per_page=" + Pages.SIZE + "&page=" + number),
        note ->
            note.path("body").asString("").startsWith(mark)
                && note.path("author").path("id").asLong(-2) == self,
        note -> note.path("id").asString());
  }

  @Override
  public String edit(String id, String body) throws InterruptedException {
    api.send("PUT", notes + "/" + id, body);
    return address;
  }

  @Override
  public String add(String body) throws InterruptedException {
    api.send("POST", notes, body);
    return address;
  }
}
