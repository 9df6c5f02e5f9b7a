/**
 * What people open: the static report, made from the database alone, that needs no network and no
 * server.
 *
 * <p>{@link dev.nightjar.reports.ReportData} is all that a report says; {@link
 * dev.nightjar.reports.SitePublisher} writes it as a folder of files. The page's sections are in
 * {@code page}, its charts in {@code chart}, and the one place where text becomes markup is {@code
 * markup}.
 */
@NullMarked
package dev.nightjar.reports;

import org.jspecify.annotations.NullMarked;
