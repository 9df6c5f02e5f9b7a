package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Attributes;
import dev.nightjar.markup.InlineAsset;
import dev.nightjar.markup.Markup;

/** What every page begins with: the policy that lets nothing run or load but its own two assets. */
final class PageHead {
  static final InlineAsset STYLE = InlineAsset.of("style", PageHead.class, "report.css");
  static final InlineAsset SCRIPT = InlineAsset.of("script", PageHead.class, "report.js");

  private static final String POLICY =
      "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src "
          + STYLE.policySource()
          + "; script-src "
          + SCRIPT.policySource();

  private PageHead() {}

  static void write(Markup html, String title, String description) {
    html.empty("meta", at("charset", "utf-8"));
    html.empty("meta", at("http-equiv", "Content-Security-Policy", "content", POLICY));
    html.empty("meta", at("name", "viewport", "content", "width=device-width, initial-scale=1"));
    html.empty("meta", at("name", "color-scheme", "content", "light dark"));
    html.empty("meta", at("name", "referrer", "content", "no-referrer"));
    html.empty("meta", at("name", "description", "content", description));
    html.empty("link", at("rel", "icon", "href", "data:,"));
    html.leaf("title", title);
    html.own(STYLE);
  }

  static Attributes feed(String address) {
    return at(
        "rel", "alternate", "type", "application/atom+xml", "title", "Verdicts", "href", address);
  }
}
