package dev.nightjar.site.report;

import dev.nightjar.site.section.results.ChangePointFinder;

/**
 * What sections need and the store does not hold. Each port is declared by the section that needs
 * it; the rooms above fill them.
 *
 * @param changePoints finds where a series went over to another level
 */
public record ReportPorts(ChangePointFinder changePoints) {}
