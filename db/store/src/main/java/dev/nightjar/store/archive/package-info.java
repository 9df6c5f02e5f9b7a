/**
 * All that a database keeps as one stream, for a backup, another server or another version of one.
 *
 * <p>The stream is a tar of PostgreSQL's COPY texts, which every version of the server reads and no
 * program of its client tools is needed for: a manifest first, then each table in pieces, those
 * first that others refer to, and last what was written in figures and digests. It is taken from
 * one snapshot and taken in by one transaction.
 */
@NullMarked
package dev.nightjar.store.archive;

import org.jspecify.annotations.NullMarked;
