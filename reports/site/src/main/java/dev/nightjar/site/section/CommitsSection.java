package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.site.data.CommitEntry;
import dev.nightjar.site.data.CommitRange;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.Moments;
import java.util.List;

/** What came in since the run before: the suspects. */
public final class CommitsSection implements Section {
  private static final int MOST_ROWS = 200;
  private static final int ROWS_IN_SIGHT = 20;
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_AUTHOR = 80;

  @Override
  public String id() {
    return "commits";
  }

  @Override
  public String title(ReportData data) {
    return data.commits().previousHead() == null ? "Newest commits" : "Commits since the last run";
  }

  @Override
  public String hint(ReportData data) {
    return Moments.counted(data.commits().total());
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    CommitRange range = data.commits();
    introduction(html, range);
    if (range.newest().isEmpty()) {
      return;
    }
    List<CommitEntry> shown = range.newest().subList(0, Math.min(MOST_ROWS, range.newest().size()));
    int inSight = Math.min(ROWS_IN_SIGHT, shown.size());
    table(html, title(data), shown.subList(0, inSight));
    if (inSight < shown.size()) {
      html.in("details", at("class", "more"), () -> folded(html, data, shown, inSight));
    }
    if (shown.stream().anyMatch(entry -> entry.filesChanged() == null)) {
      html.leaf(
          "p",
          at("class", "detail"),
          "A dash stands where nothing can be counted: a merge lists no changes of its own.");
    }
    if (shown.size() < range.total()) {
      html.in("p", () -> more(html, shown.size(), range, addresses));
    }
  }

  private void folded(Markup html, ReportData data, List<CommitEntry> shown, int from) {
    int more = shown.size() - from;
    html.leaf("summary", more == 1 ? "1 more commit" : more + " more commits");
    table(
        html,
        title(data) + ", from the " + (from + 1) + "st on",
        shown.subList(from, shown.size()));
  }

  private static void table(Markup html, String caption, List<CommitEntry> commits) {
    Tables.write(
        html,
        caption,
        List.of(
            Column.words("Commit"),
            Column.words("What"),
            Column.words("Author"),
            Column.words("When"),
            Column.number("Files"),
            Column.number("Lines")),
        () -> commits.forEach(entry -> row(html, entry)));
  }

  private static void more(Markup html, int shown, CommitRange range, PageAddresses addresses) {
    html.text("These are the newest " + shown + " of " + Moments.counted(range.total()) + "; ");
    html.leaf("a", at("href", addresses.data("commits.csv")), "commits.csv");
    html.text(" has the newest " + range.newest().size() + ".");
  }

  private static void introduction(Markup html, CommitRange range) {
    String previous = range.previousHead();
    if (previous == null) {
      Tables.nothing(
          html,
          range.newest().isEmpty()
              ? "The repository has no commit."
              : "No run came before this one; these are the newest commits.");
    } else if (range.newest().isEmpty()) {
      Tables.nothing(
          html, "Nothing was committed: a change of a result is a change of the machine.");
    } else {
      html.in(
          "p",
          () -> {
            html.text(
                range.total() == 1
                    ? "One commit since "
                    : Moments.counted(range.total()) + " commits since ");
            Tables.commit(html, previous);
            html.text(".");
          });
    }
  }

  private static void row(Markup html, CommitEntry entry) {
    Tables.row(
        html,
        () -> {
          html.in("td", () -> Tables.commit(html, entry.id()));
          html.in(
              "th",
              at("scope", "row", "class", "subject"),
              () -> html.foreign(VisibleText.shortened(entry.subject(), LONGEST_SUBJECT)));
          Tables.words(html, VisibleText.shortened(entry.author(), LONGEST_AUTHOR));
          Tables.momentOrDash(html, entry.committedAt());
          html.in("td", at("class", "n"), () -> files(html, entry));
          html.in("td", at("class", "n lines"), () -> lines(html, entry));
        });
  }

  private static void files(Markup html, CommitEntry entry) {
    Long files = entry.filesChanged();
    if (files == null) {
      dash(html, entry);
    } else {
      html.text(String.valueOf(files));
    }
  }

  private static void lines(Markup html, CommitEntry entry) {
    Long added = entry.linesAdded();
    Long deleted = entry.linesDeleted();
    if (added == null || deleted == null) {
      dash(html, entry);
    } else {
      html.leaf("span", at("class", "added"), "+" + added);
      html.text(" ");
      html.leaf("span", at("class", "deleted"), "−" + deleted);
    }
  }

  /** What the eye sees as a dash, with the reason for a pointer and for who listens. */
  private static void dash(Markup html, CommitEntry entry) {
    String reason = reason(entry.listing());
    html.leaf("span", at("aria-hidden", "true", "title", reason), "—");
    html.leaf("span", at("class", "unseen"), reason);
  }

  private static String reason(ChangeListing listing) {
    return switch (listing) {
      case MERGE -> "a merge lists no changes of its own";
      case SHALLOW -> "unknown, as the clone ends here";
      case UNREADABLE -> "unknown, as objects are missing or damaged";
      case LISTED -> "unknown, as the files are not text";
    };
  }
}
