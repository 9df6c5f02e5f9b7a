package dev.nightjar.bench;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.nightjar.model.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric that a command prints, found in its output by a regular expression whose only group is
 * the number. The expressions are RE2's: whatever they are, a search takes time in proportion to
 * the text and no stack, so that no expression hangs or overflows; the price is that they can
 * neither look around nor refer back.
 */
public record ExtractedMetric(MetricDefinition metric, Pattern pattern) {
  private static final int LONGEST = 1000;
  private static final long MOST_STEPS = 20_000;

  public ExtractedMetric {
    int groups = pattern.groupCount();
    if (groups != 1) {
      throw new Failure.Misuse(
          "The pattern of the metric '"
              + metric.name()
              + "' has "
              + groups
              + " groups: put exactly the number in round brackets, such as 'took ([0-9.]+) ms'.");
    }
  }

  /** As the constructor, from the text of a pattern; {@code ^} and {@code $} match at lines. */
  public static ExtractedMetric of(MetricDefinition metric, String pattern) {
    if (pattern.length() > LONGEST || PatternSize.of(pattern) > MOST_STEPS) {
      throw new Failure.Misuse(
          "The pattern of the metric '%s' is too large: shorten it, and its repetitions."
              .formatted(metric.name()));
    }
    try {
      return new ExtractedMetric(metric, Pattern.compile(pattern, Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      throw new Failure.Misuse(
          "The pattern of the metric '%s' is no regular expression of RE2: %s in '%s'. It can neither look around nor refer back."
              .formatted(metric.name(), e.getDescription(), e.getPattern()),
          e);
    }
  }

  /**
   * The texts that its group matches, in their order.
   *
   * @param most how many at the most
   * @param deadlineNanos when the search is given up, as {@link System#nanoTime} counts
   * @throws SearchTooLong when it is
   */
  List<String> find(String text, int most, long deadlineNanos) throws SearchTooLong {
    List<String> found = new ArrayList<>();
    try {
      Matcher matcher = pattern.matcher(new LimitedText(text, deadlineNanos));
      while (found.size() < most && matcher.find()) {
        String group = matcher.group(1);
        found.add(group == null ? "" : group);
      }
    } catch (LimitedText.Expired e) {
      throw new SearchTooLong(e);
    }
    return found;
  }

  /** The deadline passed before the search was through. */
  static final class SearchTooLong extends Exception {
    private static final long serialVersionUID = 1L;

    SearchTooLong(Throwable cause) {
      super(cause);
    }
  }
}
