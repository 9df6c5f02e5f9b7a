package dev.nightjar.model.finding;

/**
 * What one run gave, in three numbers: its level, and a little below and above it, by as much as
 * stands for how uncertain its repetitions leave it; three times the same where they do not.
 */
public record LevelMark(double low, double level, double high) {}
