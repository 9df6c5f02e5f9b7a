package dev.nightjar.doors.git;

import dev.nightjar.model.DeadLetter;
import java.util.List;

/**
 * What an ingest brought in.
 *
 * @param commits how many were new
 * @param changes how many file changes they have
 * @param refs how many refs the repository has
 * @param unreadable what could not be read, the first thousand of it; none of it stopped the ingest
 * @param unreadableCount how much could not be read, those beyond the first thousand included
 */
public record GitIngestSummary(
    long commits, long changes, int refs, List<DeadLetter> unreadable, long unreadableCount) {}
