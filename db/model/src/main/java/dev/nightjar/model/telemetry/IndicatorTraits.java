package dev.nightjar.model.telemetry;

import dev.nightjar.model.telemetry.Indicator.Kind;
import dev.nightjar.model.telemetry.Indicator.Source;
import org.jspecify.annotations.Nullable;

/** What is said of an {@link Indicator}, trait by trait so that each is named. */
final class IndicatorTraits {
  final Kind kind;
  final String word;
  final String unit;
  final Source source;
  boolean isColumn;
  @Nullable String heading;
  @Nullable Loss loss;
  @Nullable Condition condition;
  boolean isOfSurroundings;
  @Nullable String metric;
  @Nullable String metricAttributes;
  @Nullable Indicator replaced;

  private IndicatorTraits(Kind kind, String word, String unit, Source source) {
    this.kind = kind;
    this.word = word;
    this.unit = unit;
    this.source = source;
  }

  /** How much a running total grew from one end to the other. */
  static IndicatorTraits growth(String word, String unit, Source source) {
    return new IndicatorTraits(Kind.GROWTH, word, unit, source);
  }

  /** What something was meanwhile. */
  static IndicatorTraits state(String word, String unit, Source source) {
    return new IndicatorTraits(Kind.STATE, word, unit, source);
  }

  /** It has a column of its own in the database. */
  IndicatorTraits inColumn() {
    isColumn = true;
    return this;
  }

  /** The report's table of repetitions shows it. */
  IndicatorTraits headed(String text) {
    heading = text;
    return this;
  }

  /** It tells of time that was lost. */
  IndicatorTraits lost(Loss how) {
    loss = how;
    return this;
  }

  /** It tells by itself of a condition. */
  IndicatorTraits by(Condition what) {
    condition = what;
    return this;
  }

  /** A program cannot lose that time by what it does itself. */
  IndicatorTraits ofSurroundings() {
    isOfSurroundings = true;
    return this;
  }

  /** The telemetry knows it by that name. */
  IndicatorTraits from(String name, String attributes) {
    metric = name;
    metricAttributes = attributes;
    return this;
  }

  /** It stands for another one that was not read. */
  IndicatorTraits insteadOf(Indicator other) {
    replaced = other;
    return this;
  }
}
