package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Attributes;
import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.Moments;
import dev.nightjar.store.report.CommitLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commits as a report writes them: each leads somewhere, and a suspect says what and whose it is.
 */
public final class CommitWords {
  private static final int LONGEST_SUBJECT = 90;
  private static final int LONGEST_AUTHOR = 40;
  private static final int MOST_SUSPECTS = 3;

  private CommitWords() {}

  /** A commit by its id, with a link where one is known. */
  public static void commit(Markup html, String id, PageAddresses addresses) {
    link(html, id, Headline.abbreviated(id), addresses);
  }

  private static void link(Markup html, String id, String shown, PageAddresses addresses) {
    Optional<String> address = addresses.commit(id);
    if (address.isPresent()) {
      html.in("a", leadingTo(address.get()), () -> html.leaf("code", shown));
    } else {
      html.leaf("code", at("title", id), shown);
    }
  }

  private static Attributes leadingTo(String address) {
    return address.contains("://") ? Attributes.linkTo(address) : at("href", address);
  }

  /** A text whose commits lead somewhere. */
  public static void text(Markup html, String text, PageAddresses addresses) {
    html.in("bdi", () -> addresses.commits().walk(text, reader(html, addresses)));
  }

  private static CommitBook.Reader reader(Markup html, PageAddresses addresses) {
    return new CommitBook.Reader() {
      @Override
      public void text(String text) {
        html.text(text);
      }

      @Override
      public void commit(CommitLine commit, String written) {
        link(html, commit.id(), written, addresses);
      }
    };
  }

  /**
   * Who and what the commits are that a cause suspects.
   *
   * @param asOf when the run began
   */
  public static void suspects(Markup html, String cause, Instant asOf, PageAddresses addresses) {
    List<CommitLine> suspects = addresses.commits().suspectsIn(cause);
    if (suspects.isEmpty()) {
      return;
    }
    html.in(
        "ul",
        at("class", "suspects"),
        () ->
            suspects.stream()
                .limit(MOST_SUSPECTS)
                .forEach(commit -> suspect(html, commit, asOf, addresses)));
  }

  private static void suspect(
      Markup html, CommitLine commit, Instant asOf, PageAddresses addresses) {
    html.in(
        "li",
        () -> {
          commit(html, commit.id(), addresses);
          html.text(" ").foreign(VisibleText.shortened(commit.subject(), LONGEST_SUBJECT));
          html.text(" by ").foreign(VisibleText.shortened(commit.author(), LONGEST_AUTHOR));
          html.text(age(commit.committedAt(), asOf));
        });
  }

  /** Such as {@code , 3 days before the run}. */
  private static String age(@Nullable Instant committedAt, Instant asOf) {
    if (committedAt == null) {
      return "";
    }
    Duration age = Duration.between(committedAt, asOf);
    return age.isNegative() ? "" : ", " + Moments.age(age) + " before the run";
  }
}
