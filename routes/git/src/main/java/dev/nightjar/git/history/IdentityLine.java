package dev.nightjar.git.history;

import dev.nightjar.git.objects.Texts;
import dev.nightjar.model.git.GitPerson;
import dev.nightjar.model.git.GitSignature;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The line {@code Name <address> seconds zone} of a commit, read leniently: what cannot be made out
 * is empty or absent, never a reason to give up the commit.
 */
final class IdentityLine {
  /** The years 1 to 9999, which every calendar, database and format holds. */
  private static final long EARLIEST_SECONDS = -62_135_596_800L;

  private static final long LATEST_SECONDS = 253_402_300_799L;
  private static final int WIDEST_ZONE_MINUTES = 24 * 60;

  private IdentityLine() {}

  static GitSignature parse(byte[] raw, int from, @Nullable String encoding, Mailmap mailmap) {
    if (from < 0) {
      GitPerson nobody = new GitPerson("", "");
      return new GitSignature(nobody, mailmap.correct(nobody), null, 0);
    }
    int to = CommitHeader.lineEnd(raw, from);
    int open = indexOf(raw, '<', from, to);
    int close = open < 0 ? -1 : indexOf(raw, '>', open, to);
    String name = Texts.decode(raw, from, open < 0 ? to : open, encoding).text().strip();
    String email = close < 0 ? "" : Texts.decode(raw, open + 1, close, encoding).text().strip();
    GitPerson recorded = new GitPerson(name, email);
    OptionalLong seconds = seconds(raw, from, to);
    Instant at =
        seconds.isPresent()
                && seconds.getAsLong() >= EARLIEST_SECONDS
                && seconds.getAsLong() <= LATEST_SECONDS
            ? Instant.ofEpochSecond(seconds.getAsLong())
            : null;
    return new GitSignature(recorded, mailmap.correct(recorded), at, zoneMinutes(raw, from, to));
  }

  /** The number after the last closing bracket. */
  static OptionalLong seconds(byte[] raw, int from, int to) {
    int at = afterBracket(raw, from, to);
    boolean negative = at < to && raw[at] == '-';
    at += negative ? 1 : 0;
    int digits = 0;
    long seconds = 0;
    while (at < to && raw[at] >= '0' && raw[at] <= '9') {
      seconds = seconds * 10 + (raw[at++] - '0');
      if (++digits > 18) {
        return OptionalLong.empty();
      }
    }
    return digits == 0 ? OptionalLong.empty() : OptionalLong.of(negative ? -seconds : seconds);
  }

  private static int zoneMinutes(byte[] raw, int from, int to) {
    int at = afterBracket(raw, from, to);
    while (at < to && raw[at] != ' ') {
      at++;
    }
    at++;
    if (to - at != 5 || (raw[at] != '+' && raw[at] != '-')) {
      return 0;
    }
    int zone = 0;
    for (int i = at + 1; i < to; i++) {
      if (raw[i] < '0' || raw[i] > '9') {
        return 0;
      }
      zone = zone * 10 + (raw[i] - '0');
    }
    int minutes = zone / 100 * 60 + zone % 100;
    return minutes > WIDEST_ZONE_MINUTES ? 0 : raw[at] == '-' ? -minutes : minutes;
  }

  private static int afterBracket(byte[] raw, int from, int to) {
    int at = to;
    while (at > from && raw[at - 1] != '>') {
      at--;
    }
    while (at < to && raw[at] == ' ') {
      at++;
    }
    return at;
  }

  private static int indexOf(byte[] raw, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (raw[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
