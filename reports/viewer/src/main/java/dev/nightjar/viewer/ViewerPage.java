package dev.nightjar.viewer;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.InlineAsset;
import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;

/**
 * The viewer's page. Its policy trusts one small script by its digest and what that script loads,
 * as {@code 'self'} means nothing that can be relied on for a page opened from a file; it lets
 * nothing connect anywhere.
 */
final class ViewerPage {
  private static final int LONGEST_NAME = 120;
  private static final InlineAsset STYLE = InlineAsset.of("style", ViewerPage.class, "viewer.css");
  private static final InlineAsset START = InlineAsset.of("script", ViewerPage.class, "start.js");
  private static final String POLICY =
      "default-src 'none'; img-src data: blob:; worker-src blob:; base-uri 'none';"
          + " form-action 'none'; style-src "
          + STYLE.policySource()
          + "; script-src 'strict-dynamic' "
          + START.policySource();

  private ViewerPage() {}

  static String write(String repository, String dataFolder) {
    String name = VisibleText.shortened(repository, LONGEST_NAME);
    Markup html = Markup.html();
    html.in(
        "html",
        at("lang", "en"),
        () -> {
          html.in("head", () -> head(html, name));
          html.in("body", at("data-pages", dataFolder), () -> body(html, name));
        });
    return html.line().toString();
  }

  private static void head(Markup html, String name) {
    html.empty("meta", at("charset", "utf-8"));
    html.empty("meta", at("http-equiv", "Content-Security-Policy", "content", POLICY));
    html.empty(
        "meta",
        at(
            "name",
            "viewport",
            "content",
            "width=device-width, initial-scale=1, viewport-fit=cover"));
    html.empty("meta", at("name", "color-scheme", "content", "light dark"));
    html.empty("meta", at("name", "referrer", "content", "no-referrer"));
    html.empty("link", at("rel", "icon", "href", "data:,"));
    html.leaf("title", name + " in four dimensions");
    html.own(STYLE);
  }

  private static void body(Markup html, String name) {
    html.in(
        "main",
        at("id", "viewer"),
        () -> {
          html.leaf("h1", at("class", "unseen"), name + " in four dimensions");
          html.leaf("p", at("id", "loading", "class", "loading", "role", "status"), "Loading…");
          html.in(
              "noscript",
              () ->
                  html.in(
                      "p",
                      at("class", "loading"),
                      () -> {
                        html.text("The viewer needs scripts. What it shows is also in ");
                        html.leaf("a", at("href", "../index.html"), "the report");
                        html.text(".");
                      }));
        });
    html.own(START);
  }
}
