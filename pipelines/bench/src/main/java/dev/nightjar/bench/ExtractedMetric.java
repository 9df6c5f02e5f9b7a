package dev.nightjar.bench;

import dev.nightjar.model.Failure;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A metric that a command prints, found in its output by a regular expression whose only group is
 * the number.
 */
public record ExtractedMetric(MetricDefinition metric, Pattern pattern) {

  public ExtractedMetric {
    int groups = pattern.matcher("").groupCount();
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
    try {
      return new ExtractedMetric(metric, Pattern.compile(pattern, Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      throw new Failure.Misuse(
          "The pattern of the metric '"
              + metric.name()
              + "' is no regular expression: "
              + e.getDescription()
              + " near position "
              + e.getIndex()
              + " of '"
              + pattern
              + "'.",
          e);
    }
  }
}
