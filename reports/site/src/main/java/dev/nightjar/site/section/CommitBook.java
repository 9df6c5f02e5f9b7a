package dev.nightjar.site.section;

import dev.nightjar.store.report.CommitLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commits that a report names, found by however much of their ids it says. */
public final class CommitBook {
  /** Of nothing. */
  public static final CommitBook EMPTY = new CommitBook(List.of());

  /** An id or what is left of one; of fewer digits, words and numbers look like that too. */
  private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{7,64}\\b");

  private final NavigableMap<String, CommitLine> byId = new TreeMap<>();

  public CommitBook(Collection<CommitLine> commits) {
    commits.forEach(commit -> byId.put(commit.id(), commit));
  }

  /** What may be ids in a text. */
  public static List<String> idsIn(String text) {
    return ID.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  /** The one commit whose id begins like this; empty when there is none, or several. */
  public Optional<CommitLine> find(String beginning) {
    List<CommitLine> found =
        byId.tailMap(beginning, true).entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(beginning))
            .limit(2)
            .map(entry -> entry.getValue())
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Commits that a text names, in its order. */
  public List<CommitLine> namedIn(String text) {
    return idsIn(text).stream().flatMap(id -> find(id).stream()).distinct().toList();
  }

  /** Those that a cause names as suspects: of a range not the first, which was good still. */
  public List<CommitLine> suspectsIn(String cause) {
    List<CommitLine> named = namedIn(cause);
    return cause.contains("..") && named.size() > 1 ? named.subList(1, named.size()) : named;
  }

  /** Goes through a text, what is a known commit's id apart from the rest. */
  public void walk(String text, Reader reader) {
    Matcher ids = ID.matcher(text);
    int at = 0;
    while (ids.find()) {
      Optional<CommitLine> commit = find(ids.group());
      if (commit.isPresent()) {
        reader.text(text.substring(at, ids.start()));
        reader.commit(commit.get(), ids.group());
        at = ids.end();
      }
    }
    reader.text(text.substring(at));
  }

  /** Takes the pieces of a text. */
  public interface Reader {
    void text(String text);

    void commit(CommitLine commit, String written);
  }

  /** All of them. */
  public List<CommitLine> all() {
    return new ArrayList<>(byId.values());
  }
}
