/**
 * What people open: the static report, made from the database alone, that needs no network and no
 * server.
 *
 * <p>{@link dev.nightjar.site.report.Report} is all that a report says; {@link
 * dev.nightjar.site.SitePublisher} writes it as a folder of files.
 */
@NullMarked
package dev.nightjar.site;

import org.jspecify.annotations.NullMarked;
