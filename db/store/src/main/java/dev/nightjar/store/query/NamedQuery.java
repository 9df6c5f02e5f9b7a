package dev.nightjar.store.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Questions that everybody asks, over the public views. */
public enum NamedQuery {
  LATEST(
      "the newest result of every series",
      """
      select repository, coalesce(nullif(suite, '') || '/', '') || benchmark as benchmark, metric, device, median, unit,
             samples, verdict, round((100 * effect)::numeric, 2) as effect_percent, run_started_at, left(head_commit, 12) as commit
      from latest_results
      order by repository, suite, benchmark, metric, parameters::text, device\
      """),
  REGRESSIONS(
      "what got slower, newest first",
      """
      select repository, run_started_at, coalesce(nullif(suite, '') || '/', '') || benchmark as benchmark, metric,
             round((100 * effect)::numeric, 2) as effect_percent, evidence, suspected_cause, is_acknowledged
      from regressions
      order by run_started_at desc, benchmark, metric\
      """),
  OPEN(
      "what got slower and is not mended yet, the oldest first",
      """
      select finding_id, repository, coalesce(nullif(suite, '') || '/', '') || benchmark as benchmark, metric, device, kind,
             state,
             since_started_at, left(since_commit, 12) as since_commit, branch, runs_since, round(days::numeric, 1) as days,
             round((100 * effect)::numeric, 2) as effect_percent_then,
             round((100 * latest_effect)::numeric, 2) as effect_percent_now, suspected_cause, reason
      from open_findings
      order by since_started_at, benchmark, metric\
      """),
  HISTORY(
      "every run, newest first",
      """
      select repository, started_at, pipeline, state, round(nullif(duration_seconds, 0)::numeric, 1) as seconds, samples,
             regressed, still_regressed, improved, failed, skipped, left(head_commit, 12) as commit, branch, run_id,
             coalesce(machine, host) as machine
      from run_history
      order by started_at desc\
      """),
  NOISE(
      "how disturbed the host was in each run, newest first",
      """
      select run_started_at, host, samples, round(run_queue_wait_ratio::numeric, 4) as run_queue_wait,
             round(cpu_pressure_ratio::numeric, 4) as cpu_pressure, round(io_pressure_ratio::numeric, 4) as io_pressure,
             round(steal_ratio::numeric, 4) as steal, round(involuntary_switches_per_second::numeric, 1)
             as involuntary_switches_per_second
      from host_noise
      order by run_started_at desc\
      """),
  HOTSPOTS(
      "the files that change most, recent changes counting more",
      "select * from hotspots order by score desc"),
  LANGUAGES(
      "how much of each language is at the head, the largest first",
      "select repository, language, files, size_bytes from languages order by repository, size_bytes desc, language"),
  ACTIVITY(
      "commits by week and author, newest first",
      "select * from commit_activity order by week desc, commits desc, author"),
  FINDINGS(
      "what research found, newest first",
      "select started_at, question, finding, citations from research_findings order by started_at desc, ordinal");

  private final String meaning;
  private final String sql;

  NamedQuery(String meaning, String sql) {
    this.meaning = meaning;
    this.sql = sql;
  }

  /** The word that asks it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it tells, for people. */
  public String meaning() {
    return meaning;
  }

  /** The SELECT over the public views. */
  public String sql() {
    return sql;
  }

  /** The query of a word. */
  public static Optional<NamedQuery> of(String word) {
    return Arrays.stream(values()).filter(query -> query.word().equals(word)).findFirst();
  }
}
