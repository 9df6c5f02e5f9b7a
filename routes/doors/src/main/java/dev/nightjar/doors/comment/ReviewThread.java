package dev.nightjar.doors.comment;

import dev.nightjar.model.Failure;
import java.util.Optional;

/** The comments of one pull request, as their server keeps them. */
public interface ReviewThread {
  /**
   * The first comment of the token's own user that begins with a mark. Others may copy the mark;
   * their comments stay theirs.
   *
   * @throws Failure.Unavailable when the server does not answer or the token may not read
   */
  Optional<String> own(String mark) throws InterruptedException;

  /**
   * Writes a comment anew.
   *
   * @return its address, as far as it is known
   */
  String edit(String id, String body) throws InterruptedException;

  /** The same of a new one. */
  String add(String body) throws InterruptedException;
}
