/**
 * What is kept: PostgreSQL for everything durable, Redis for live streams and cached answers.
 *
 * <p>The one room that knows {@code java.sql}. It starts (or finds) the stores, migrates the
 * schema, writes in bulk by COPY through a staging table and an idempotent merge, and answers
 * queries with records of the vocabulary.
 */
@NullMarked
package dev.nightjar.store;

import org.jspecify.annotations.NullMarked;
