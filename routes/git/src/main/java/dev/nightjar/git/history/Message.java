package dev.nightjar.git.history;

import dev.nightjar.git.objects.Texts;
import dev.nightjar.model.git.GitText;
import dev.nightjar.model.git.GitTrailer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit message in its parts.
 *
 * @param subject the first paragraph on one line
 * @param body what follows it; its bytes, where present, are of the whole message
 * @param trailers of the last paragraph
 */
record Message(String subject, GitText body, List<GitTrailer> trailers) {
  private static final Pattern TRAILER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:(.*)");
  private static final String CHERRY_PICKED = "(cherry picked from commit ";

  /** A message longer than this is kept to here, with its bytes beside it whole. */
  private static final int LONGEST_CHARACTERS = 1 << 20;

  static Message of(CommitHeader commit) {
    byte[] raw = commit.raw();
    GitText whole = Texts.decode(raw, commit.message(), raw.length, commit.encoding());
    String text = whole.text();
    if (text.length() > LONGEST_CHARACTERS) {
      text = text.substring(0, LONGEST_CHARACTERS);
    }
    int start = 0;
    while (start < text.length() && isBlankLine(text, start)) {
      start = lineEnd(text, start) + 1;
    }
    StringBuilder subject = new StringBuilder();
    int at = start;
    while (at < text.length() && !isBlankLine(text, at)) {
      int end = lineEnd(text, at);
      subject.append(subject.isEmpty() ? "" : " ").append(text.substring(at, end).stripTrailing());
      at = end + 1;
    }
    while (at < text.length() && isBlankLine(text, at)) {
      at = lineEnd(text, at) + 1;
    }
    String body = at >= text.length() ? "" : text.substring(at).stripTrailing();
    return new Message(subject.toString(), new GitText(body, whole.bytes()), trailers(body));
  }

  private static boolean isBlankLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n') {
      if (!Character.isWhitespace(text.charAt(at++))) {
        return false;
      }
    }
    return true;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /**
   * Git's rule: the last paragraph is one of trailers if all its lines are, or if one is a sign-off
   * or a cherry-pick's mark and at least a quarter are trailers.
   */
  private static List<GitTrailer> trailers(String body) {
    if (body.indexOf(':') < 0) {
      return List.of();
    }
    List<String> lines = lastParagraph(body);
    List<GitTrailer> trailers = new ArrayList<>();
    int others = 0;
    int marks = 0;
    for (String line : lines) {
      Matcher matcher = TRAILER.matcher(line);
      if (matcher.matches()) {
        trailers.add(new GitTrailer(matcher.group(1), matcher.group(2).strip()));
        marks += matcher.group(1).equals("Signed-off-by") ? 1 : 0;
      } else if (line.startsWith(CHERRY_PICKED)) {
        marks++;
      } else if (!line.isEmpty() && Character.isWhitespace(line.charAt(0)) && !trailers.isEmpty()) {
        GitTrailer last = trailers.removeLast();
        trailers.add(new GitTrailer(last.key(), last.value() + " " + line.strip()));
      } else {
        others++;
      }
    }
    boolean are = others == 0 || (marks > 0 && trailers.size() + marks >= others / 3);
    return are ? List.copyOf(trailers) : List.of();
  }

  private static List<String> lastParagraph(String body) {
    List<String> lines = body.lines().toList();
    int from = lines.size();
    while (from > 0 && !lines.get(from - 1).isBlank()) {
      from--;
    }
    return lines.subList(from, lines.size());
  }
}
