package dev.nightjar.site.report;

import dev.nightjar.site.section.DownloadsSection;
import dev.nightjar.site.section.HostSection;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.SkipsSection;
import dev.nightjar.site.section.commits.CommitsSection;
import dev.nightjar.site.section.functions.FunctionsSection;
import dev.nightjar.site.section.health.HealthSection;
import dev.nightjar.site.section.history.HistorySection;
import dev.nightjar.site.section.open.OpenFindingsSection;
import dev.nightjar.site.section.research.FindingsSection;
import dev.nightjar.site.section.results.ResultsSection;
import dev.nightjar.site.section.telemetry.TelemetrySection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sections of a report, in the order in which people read them in the morning. That is the
 * order on the page, in the JSON and of the files to take away.
 */
public final class ReportSections {
  private final List<Section<?>> inOrder;

  /** The sections, fed by these. */
  public ReportSections(ReportPorts ports) {
    ResultsSection results = new ResultsSection(ports.changePoints(), ports.smallestEffect());
    List<Section<?>> sections =
        List.of(
            results,
            new OpenFindingsSection(),
            new FunctionsSection(),
            new HistorySection(results),
            new CommitsSection(),
            new TelemetrySection(results),
            new HealthSection(),
            new FindingsSection(),
            new HostSection(),
            new SkipsSection(),
            new RunsSection());
    inOrder = Stream.concat(sections.stream(), Stream.of(new DownloadsSection(sections))).toList();
  }

  /** The sections in order. */
  public List<Section<?>> inOrder() {
    return inOrder;
  }
}
