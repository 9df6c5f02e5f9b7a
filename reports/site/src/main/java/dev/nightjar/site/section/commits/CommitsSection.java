package dev.nightjar.site.section.commits;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.CommitRange;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.section.CommitWords;
import dev.nightjar.site.section.CommitsSince;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.words.Moments;
import dev.nightjar.store.report.CommitLine;
import java.io.IOException;
import java.util.List;

/** What came in since the run before: the suspects. */
public final class CommitsSection implements Section<CommitRange> {
  private static final int MOST_ROWS = 200;
  private static final int ROWS_IN_SIGHT = 20;
  private static final List<CsvTable<CommitRange>> TABLES =
      List.of(
          new CsvTable<>(
              "commits.csv", "one row a commit since the last run", CommitsSection::csv));

  @Override
  public String id() {
    return "commits";
  }

  @Override
  public String title(CommitRange range) {
    return range.previousHead() == null ? "Newest commits" : "Commits since the last run";
  }

  @Override
  public String hint(CommitRange range) {
    return Moments.counted(range.total());
  }

  @Override
  public CommitRange read(ReportReading reading) {
    CommitsSince since = reading.commits();
    return new CommitRange(
        since.previousHead(),
        since.total(),
        reading.queries().commits(reading.run().repositoryId(), since.newest()));
  }

  @Override
  public List<CsvTable<CommitRange>> tables() {
    return TABLES;
  }

  private static void csv(CommitRange range, Csv csv) throws IOException {
    csv.heads(
        "commit_id",
        "author",
        "committed_at",
        "subject",
        "files_changed",
        "lines_added",
        "lines_deleted");
    for (CommitLine commit : range.newest()) {
      csv.text(commit.id()).text(commit.author()).moment(commit.committedAt());
      csv.text(commit.subject()).number(commit.filesChanged());
      csv.number(commit.linesAdded()).number(commit.linesDeleted());
      csv.end();
    }
  }

  @Override
  public void page(Markup html, CommitRange range, PageAddresses addresses) {
    introduction(html, range, addresses);
    if (range.newest().isEmpty()) {
      return;
    }
    List<CommitLine> shown = range.newest().subList(0, Math.min(MOST_ROWS, range.newest().size()));
    int inSight = Math.min(ROWS_IN_SIGHT, shown.size());
    CommitTable.write(html, title(range), shown.subList(0, inSight), addresses);
    if (inSight < shown.size()) {
      String caption = title(range) + ", from the " + (inSight + 1) + "st on";
      html.in(
          "details",
          at("class", "more"),
          () -> folded(html, caption, shown.subList(inSight, shown.size()), addresses));
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

  private static void folded(
      Markup html, String caption, List<CommitLine> commits, PageAddresses addresses) {
    int more = commits.size();
    html.leaf("summary", more == 1 ? "1 more commit" : more + " more commits");
    CommitTable.write(html, caption, commits, addresses);
  }

  private static void more(Markup html, int shown, CommitRange range, PageAddresses addresses) {
    html.text("These are the newest " + shown + " of " + Moments.counted(range.total()) + "; ");
    html.leaf("a", at("href", addresses.data("commits.csv")), "commits.csv");
    html.text(" has the newest " + range.newest().size() + ".");
  }

  private static void introduction(Markup html, CommitRange range, PageAddresses addresses) {
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
            CommitWords.commit(html, previous, addresses);
            html.text(".");
          });
    }
  }
}
