package dev.nightjar.site;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.stream.Collectors;

/** What axe finds on a page. */
public final class Accessibility {
  private Accessibility() {}

  /**
   * What is wrong, in words; nothing when all is well.
   *
   * <p>In the mode that looks into no frames of other origins, of which our pages have none: the
   * other mode opens a second page for each look.
   */
  public static String violations(Page page) {
    return new AxeBuilder(page)
        .setLegacyMode(true).analyze().getViolations().stream()
            .map(Accessibility::inWords)
            .collect(Collectors.joining("\n"));
  }

  private static String inWords(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + rule.getNodes().stream()
            .limit(3)
            .map(node -> "\n  " + node.getHtml() + " " + node.getFailureSummary())
            .collect(Collectors.joining());
  }
}
