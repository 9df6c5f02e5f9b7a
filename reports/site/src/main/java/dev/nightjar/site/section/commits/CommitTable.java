package dev.nightjar.site.section.commits;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.site.section.CommitWords;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.store.report.CommitLine;
import java.util.List;

/** Commits in a table, the newest first. */
final class CommitTable {
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_AUTHOR = 80;

  private CommitTable() {}

  static void write(
      Markup html, String caption, List<CommitLine> commits, PageAddresses addresses) {
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
        () -> commits.forEach(entry -> row(html, entry, addresses)));
  }

  private static void row(Markup html, CommitLine entry, PageAddresses addresses) {
    Tables.row(
        html,
        () -> {
          html.in("td", () -> CommitWords.commit(html, entry.id(), addresses));
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

  private static void files(Markup html, CommitLine entry) {
    Long files = entry.filesChanged();
    if (files == null) {
      dash(html, entry);
    } else {
      html.text(String.valueOf(files));
    }
  }

  private static void lines(Markup html, CommitLine entry) {
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
  private static void dash(Markup html, CommitLine entry) {
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
