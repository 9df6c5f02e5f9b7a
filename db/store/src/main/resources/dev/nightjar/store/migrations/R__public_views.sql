-- The contract with people who query, described column by column in db/README.md. A view may get columns at its end;
-- none is renamed, retyped or dropped. Whoever reads them needs no right on any table.

create or replace view public.run_history as
select run.run_id,
       run.pipeline,
       repository.name as repository,
       host.name as host,
       host.machine_key,
       encode(run.head_commit, 'hex') as head_commit,
       run.branch,
       run.state,
       run.started_at,
       run.finished_at,
       extract(epoch from run.finished_at - run.started_at)::double precision as duration_seconds,
       (select count(*) from nightjar.sample where sample.run_id = run.run_id) as samples,
       (select count(*) from nightjar.verdict where verdict.run_id = run.run_id and verdict = 'regressed') as regressed,
       (select count(*) from nightjar.verdict where verdict.run_id = run.run_id and verdict = 'improved') as improved,
       (select count(*) from nightjar.verdict where verdict.run_id = run.run_id and verdict = 'failed') as failed,
       (select count(*) from nightjar.skip where skip.run_id = run.run_id) as skipped,
       run.nightjar_version
from nightjar.run
join nightjar.repository using (repository_id)
join nightjar.host using (host_id);

create or replace view public.samples as
select sample.run_id,
       repository.name as repository,
       host.name as host,
       host.machine_key,
       benchmark.suite,
       benchmark.name as benchmark,
       benchmark.metric,
       benchmark.unit,
       benchmark.direction,
       series.parameters,
       series.device,
       sample.ordinal,
       sample.value,
       sample.started_at,
       sample.wall_nanos,
       sample.user_cpu_nanos,
       sample.system_cpu_nanos,
       sample.max_rss_bytes,
       sample.minor_faults,
       sample.major_faults,
       sample.voluntary_switches,
       sample.involuntary_switches,
       sample.run_queue_wait_nanos,
       sample.cpu_pressure_nanos,
       sample.memory_pressure_nanos,
       sample.io_pressure_nanos,
       sample.steal_nanos,
       sample.throttled_nanos,
       sample.series_id
from nightjar.sample
join nightjar.series using (series_id)
join nightjar.benchmark using (benchmark_id)
join nightjar.repository on repository.repository_id = benchmark.repository_id
join nightjar.host using (host_id);

create or replace view public.latest_results as
with newest as (
  -- The newest run that gave a series samples or a verdict, that is, not only the newest run.
  select distinct on (series_id) series_id, run_id
  from (select series_id, run_id from nightjar.sample group by series_id, run_id
        union
        select series_id, run_id from nightjar.verdict) as seen
  join nightjar.run using (run_id)
  where run.state <> 'running'
  order by series_id, run.started_at desc, run_id desc
)
select repository.name as repository,
       host.name as host,
       host.machine_key,
       benchmark.suite,
       benchmark.name as benchmark,
       benchmark.metric,
       benchmark.unit,
       benchmark.direction,
       series.parameters,
       series.device,
       newest.run_id,
       run.started_at as run_started_at,
       encode(run.head_commit, 'hex') as head_commit,
       statistic.samples,
       statistic.median,
       statistic.minimum,
       statistic.maximum,
       verdict.verdict,
       verdict.effect,
       verdict.effect_low,
       verdict.effect_high,
       verdict.confidence,
       newest.series_id
from newest
join nightjar.run using (run_id)
join nightjar.series using (series_id)
join nightjar.benchmark using (benchmark_id)
join nightjar.repository on repository.repository_id = benchmark.repository_id
join nightjar.host on host.host_id = series.host_id
left join nightjar.verdict on verdict.run_id = newest.run_id and verdict.series_id = newest.series_id
cross join lateral (
  select count(*) as samples,
         percentile_cont(0.5) within group (order by sample.value) as median,
         min(sample.value) as minimum,
         max(sample.value) as maximum
  from nightjar.sample
  where sample.run_id = newest.run_id and sample.series_id = newest.series_id) as statistic;

create or replace view public.regressions as
select repository.name as repository,
       host.name as host,
       benchmark.suite,
       benchmark.name as benchmark,
       benchmark.metric,
       benchmark.unit,
       series.parameters,
       series.device,
       verdict.run_id,
       run.started_at as run_started_at,
       encode(run.head_commit, 'hex') as head_commit,
       run.branch,
       verdict.effect,
       verdict.effect_low,
       verdict.effect_high,
       verdict.confidence,
       verdict.baseline,
       verdict.evidence,
       verdict.suspected_cause,
       exists (select from nightjar.acknowledgement
               where acknowledgement.benchmark_id = benchmark.benchmark_id
                 and acknowledgement.acknowledged_at >= run.started_at
                 and (acknowledgement.expires_at is null or acknowledgement.expires_at > now())) as is_acknowledged
from nightjar.verdict
join nightjar.run using (run_id)
join nightjar.series using (series_id)
join nightjar.benchmark using (benchmark_id)
join nightjar.repository on repository.repository_id = benchmark.repository_id
join nightjar.host on host.host_id = series.host_id
where verdict.verdict = 'regressed';

create or replace view public.host_noise as
select host.name as host,
       host.machine_key,
       sample.run_id,
       run.started_at as run_started_at,
       count(*) as samples,
       sum(sample.wall_nanos)::double precision / 1e9 as measured_seconds,
       sum(sample.run_queue_wait_nanos)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.run_queue_wait_nanos is not null), 0)
         as run_queue_wait_ratio,
       sum(sample.cpu_pressure_nanos)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.cpu_pressure_nanos is not null), 0) as cpu_pressure_ratio,
       sum(sample.memory_pressure_nanos)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.memory_pressure_nanos is not null), 0)
         as memory_pressure_ratio,
       sum(sample.io_pressure_nanos)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.io_pressure_nanos is not null), 0) as io_pressure_ratio,
       sum(sample.steal_nanos)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.steal_nanos is not null), 0) as steal_ratio,
       sum(sample.throttled_nanos)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.throttled_nanos is not null), 0) as throttled_ratio,
       sum(sample.involuntary_switches)::double precision
         / nullif(sum(sample.wall_nanos) filter (where sample.involuntary_switches is not null) / 1e9, 0)
         as involuntary_switches_per_second
from nightjar.sample
join nightjar.run using (run_id)
join nightjar.host using (host_id)
group by host.host_id, sample.run_id, run.started_at;

create or replace view public.commit_activity as
select repository.name as repository,
       (date_trunc('week', git_commit.authored_at at time zone 'UTC'))::date as week,
       person.name as author,
       person.email as author_email,
       count(*) as commits,
       count(*) filter (where cardinality(git_commit.parents) > 1) as merges,
       coalesce(sum(change.lines_added), 0)::bigint as lines_added,
       coalesce(sum(change.lines_deleted), 0)::bigint as lines_deleted,
       coalesce(sum(change.files), 0)::bigint as file_changes
from nightjar.git_commit
join nightjar.repository using (repository_id)
join nightjar.person on person.person_id = git_commit.author_id
left join lateral (
  select count(*) as files, sum(lines_added) as lines_added, sum(lines_deleted) as lines_deleted
  from nightjar.file_change
  where file_change.repository_id = git_commit.repository_id
    and file_change.commit_id = git_commit.commit_id) as change on true
group by repository.repository_id, week, person.person_id;

create or replace view public.hotspots as
select repository.name as repository,
       file_change.path,
       count(*) as changes,
       count(distinct git_commit.author_id) as authors,
       coalesce(sum(file_change.lines_added), 0)::bigint as lines_added,
       coalesce(sum(file_change.lines_deleted), 0)::bigint as lines_deleted,
       max(git_commit.committed_at) as last_changed_at,
       -- Each change counts half of one that is 90 days younger, seen from the repository's newest commit.
       sum(exp(-ln(2) * greatest(extract(epoch from newest.committed_at - git_commit.committed_at), 0) / (90 * 86400)))
         ::double precision as score
from nightjar.file_change
join nightjar.git_commit using (repository_id, commit_id)
join nightjar.repository using (repository_id)
join lateral (
  select max(committed_at) as committed_at from nightjar.git_commit as any_commit
  where any_commit.repository_id = file_change.repository_id) as newest on true
group by repository.repository_id, file_change.path;

create or replace view public.research_findings as
select research_session.session_id,
       research_session.run_id,
       research_session.started_at,
       research_finding.ordinal,
       research_finding.question,
       research_finding.finding,
       research_finding.citations
from nightjar.research_finding
join nightjar.research_session using (session_id);

create or replace view public.telemetry_samples as
select host.name as host,
       telemetry_metric.name,
       telemetry_metric.attributes,
       telemetry_metric.unit,
       reading.read_at,
       reading.value,
       packed.host_id,
       packed.started_at as chunk_started_at
from (select host_id, metric_id, started_at, divisor, base, gaps, small, wide, raw from nightjar.telemetry_minute
      union all
      select host_id, metric_id, started_at, divisor, base, gaps, small, wide, raw from nightjar.telemetry_recent)
  as packed
join nightjar.host using (host_id)
join nightjar.telemetry_metric using (metric_id)
cross join lateral nightjar.telemetry_readings(
  packed.started_at, packed.divisor, packed.base, packed.gaps, packed.small, packed.wide, packed.raw) as reading;

create or replace view public.telemetry_hourly as
select host.name as host,
       telemetry_metric.name,
       telemetry_metric.attributes,
       telemetry_metric.unit,
       telemetry_hour.hour_at,
       telemetry_hour.readings,
       telemetry_hour.minimum,
       telemetry_hour.mean,
       telemetry_hour.maximum,
       telemetry_hour.host_id
from nightjar.telemetry_hour
join nightjar.host using (host_id)
join nightjar.telemetry_metric using (metric_id);
