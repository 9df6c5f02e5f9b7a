package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Host;
import dev.nightjar.site.download.Json;

/** Where it ran, as far as it decides what may be compared. */
public final class HostSection implements Section<Host> {
  private static final int LONGEST = 300;
  private static final int LONGEST_IN_SIGHT = 90;
  private static final int LONGEST_FOLDED = 2000;
  private static final int SUMMARY = 40;

  @Override
  public String id() {
    return "host";
  }

  @Override
  public String title(Host host) {
    return "The host";
  }

  @Override
  public Host read(ReportReading reading) {
    return reading.queries().host(reading.run());
  }

  @Override
  public void json(Json json, Host host) {
    json.object(
        "host",
        () ->
            json.text("machine_key", host.machineKey())
                .text("name", host.name())
                .texts("facts", host.facts()));
  }

  @Override
  public void page(Markup html, Host host, PageAddresses addresses) {
    html.in(
        "p",
        () -> {
          html.in("strong", () -> html.foreign(VisibleText.shortened(host.name(), LONGEST)));
          html.text(". Results are compared only with those of the machine key ");
          html.leaf("code", VisibleText.shortened(host.machineKey(), LONGEST)).text(".");
        });
    if (host.facts().isEmpty()) {
      Tables.nothing(html, "Nothing is known of the machine.");
      return;
    }
    html.in(
        "dl",
        at("class", "facts"),
        () ->
            host.facts()
                .forEach((name, value) ->
                    html.in(
                        "div",
                        () -> {
                          html.in("dt", () -> html.foreign(shortened(name)));
                          html.in("dd", () -> value(html, value));
                        })));
  }

  /** What would be a tower beside its name is folded behind its begin. */
  private static void value(Markup html, String value) {
    if (value.length() <= LONGEST_IN_SIGHT) {
      html.foreign(value);
      return;
    }
    html.in(
        "details",
        () -> {
          html.in("summary", () -> html.foreign(VisibleText.shortened(value, SUMMARY)));
          html.foreign(VisibleText.shortened(value, LONGEST_FOLDED));
        });
  }

  private static String shortened(String text) {
    return VisibleText.shortened(text, LONGEST);
  }
}
