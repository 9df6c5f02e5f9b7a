package dev.nightjar.site.words;

import dev.nightjar.model.unit.UnitScale;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and spans of time for people, in UTC. */
public final class Moments {
  private static final DateTimeFormatter FULL = pattern("d MMM uuuu, HH:mm 'UTC'");
  private static final DateTimeFormatter DAY = pattern("d MMM uuuu");
  private static final DateTimeFormatter MONTH = pattern("MMM uuuu");
  private static final DateTimeFormatter SHORT = pattern("d MMM HH:mm");
  private static final DateTimeFormatter CLOCK = pattern("HH:mm:ss");

  private static final int DAYS_OF_A_YEAR = 365;
  private static final int DAYS_OF_TWO_YEARS = 730;

  private Moments() {}

  /** Such as {@code 22 Nov 2026, 02:00 UTC}. */
  public static String full(Instant moment) {
    return FULL.format(moment);
  }

  /** Such as {@code 22 Nov 2026}. */
  public static String day(Instant moment) {
    return DAY.format(moment);
  }

  /** The day of a moment; with the minute where the other one is on the same day. */
  public static String dayApartFrom(Instant moment, Instant other) {
    return day(moment).equals(day(other)) ? dayAndMinute(moment) : day(moment);
  }

  /** Such as {@code Nov 2026}. */
  public static String month(Instant moment) {
    return MONTH.format(moment);
  }

  /** Such as {@code 22 Nov 02:00}. */
  public static String dayAndMinute(Instant moment) {
    return SHORT.format(moment);
  }

  /** Such as {@code 02:00:17}. */
  public static String clock(Instant moment) {
    return CLOCK.format(moment);
  }

  /** Such as {@code 2 h 3 min}, {@code 1 min 23 s}, {@code 8.2 s}, {@code 120 ms}. */
  public static String span(Duration duration) {
    if (duration.isNegative()) {
      return "−" + span(duration.negated());
    }
    long seconds = duration.toSeconds();
    if (seconds >= 3600) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    if (seconds >= 60) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    double exact = duration.toNanos() / 1e9;
    if (exact >= 1) {
      return String.format(Locale.ROOT, "%.1f s", exact);
    }
    return UnitScale.of("s", exact).formatShort(exact);
  }

  /** Such as {@code 40 minutes}, {@code 3 hours}, {@code 12 days}, {@code 2 years}. */
  public static String age(Duration age) {
    long hours = age.toHours();
    long days = age.toDays();
    if (hours < 1) {
      return many(age.toMinutes(), "minute");
    }
    if (days < 2) {
      return many(hours, "hour");
    }
    return days < DAYS_OF_TWO_YEARS ? many(days, "day") : many(days / DAYS_OF_A_YEAR, "year");
  }

  private static String many(long count, String what) {
    return counted(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** A count as people write it, such as {@code 12,272}. */
  public static String counted(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
