/**
 * Questions, evidence, reports. This room will hold retrieval over git history and documents, and
 * the rounds of sub-questions that {@code jobs} makes partitioned steps of. Nothing lives here yet:
 * a configured question is reported as not asked, with this as the reason.
 */
@NullMarked
package dev.nightjar.research;

import org.jspecify.annotations.NullMarked;
