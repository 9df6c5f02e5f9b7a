package dev.nightjar.site.report;

import dev.nightjar.site.section.results.ChangePointFinder;
import dev.nightjar.site.section.results.SmallestEffect;

/**
 * What sections need and the store does not hold. Each port is declared by the section that needs
 * it; the rooms above fill them.
 *
 * @param changePoints finds where a series went over to another level
 * @param smallestEffect says from which change on a series counts as changed
 */
public record ReportPorts(ChangePointFinder changePoints, SmallestEffect smallestEffect) {}
