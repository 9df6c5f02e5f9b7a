package dev.nightjar.git.history;

import java.util.List;

/**
 * What to read.
 *
 * @param tips ids of the commits to start from
 * @param known what need not be read
 * @param firstParent whether to follow and compare first parents only, as {@code git log
 *     --first-parent} does
 * @param threads that compare trees
 */
public record HistoryRequest(
    List<String> tips, KnownCommits known, boolean firstParent, int threads) {}
