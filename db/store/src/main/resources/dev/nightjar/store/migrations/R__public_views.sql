-- Version 73. Who changes what stands here raises that number above those of all migrations: of two builds with one
-- number, neither replaces the views of the other.

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
       run.nightjar_version,
       machine.machine_id,
       machine.name as machine,
       (select count(*) from nightjar.verdict
        where verdict.run_id = run.run_id and verdict = 'still regressed') as still_regressed
from nightjar.run
join nightjar.repository using (repository_id)
join nightjar.host using (host_id)
left join lateral (
  -- The last of them, where a run was resumed on another machine of the kind.
  select machine_id, name
  from nightjar.run_machine
  join nightjar.machine using (machine_id)
  where run_machine.run_id = run.run_id
  order by began_at desc
  limit 1) as machine on true;

create or replace view public.machines as
select machine.machine_id,
       machine.name as machine,
       machine.boot_id,
       host.machine_key,
       host.name as host,
       machine.first_seen_at,
       machine.last_seen_at,
       machine.host_id
from nightjar.machine
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
       sample.series_id,
       coalesce(sample_disturbance.weight, 1) as weight,
       sample_disturbance.causes as disturbed_by
from nightjar.sample
join nightjar.series using (series_id)
join nightjar.benchmark using (benchmark_id)
join nightjar.repository on repository.repository_id = benchmark.repository_id
join nightjar.host using (host_id)
left join nightjar.sample_disturbance
  on sample_disturbance.run_id = sample.run_id
  and sample_disturbance.series_id = sample.series_id
  and sample_disturbance.ordinal = sample.ordinal;

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

-- The median with an interval that holds the true one with at least 95 %, whatever the distribution: between the two
-- samples that stand as far from both ends. The runs of a series are few, and those of a run many, so each is looked up.
create or replace view public.results_per_run as
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
       seen.run_id,
       run.pipeline,
       run.started_at as run_started_at,
       encode(run.head_commit, 'hex') as head_commit,
       run.branch,
       coalesce(cardinality(sorted.value), 0)::bigint as samples,
       (sorted.value[(cardinality(sorted.value) + 1) / 2] + sorted.value[cardinality(sorted.value) / 2 + 1]) / 2 as median,
       case when sorted.rank > 0 then sorted.value[sorted.rank] end as median_low,
       case when sorted.rank > 0 then sorted.value[cardinality(sorted.value) + 1 - sorted.rank] end as median_high,
       sorted.value[1] as minimum,
       sorted.value[cardinality(sorted.value)] as maximum,
       verdict.verdict,
       verdict.effect,
       verdict.effect_low,
       verdict.effect_high,
       verdict.confidence,
       verdict.baseline,
       verdict.evidence,
       seen.series_id,
       benchmark.repository_id,
       series.host_id
from (select run_id, series_id from nightjar.sample group by run_id, series_id
      union
      select run_id, series_id from nightjar.verdict) as seen
join nightjar.run using (run_id)
join nightjar.series using (series_id)
join nightjar.benchmark using (benchmark_id)
join nightjar.repository on repository.repository_id = benchmark.repository_id
join nightjar.host on host.host_id = series.host_id
left join nightjar.verdict on verdict.run_id = seen.run_id and verdict.series_id = seen.series_id
cross join lateral (
  select array_agg(sample.value order by sample.value) as value, nightjar.median_rank(count(*)) as rank
  from nightjar.sample
  where sample.run_id = seen.run_id and sample.series_id = seen.series_id) as sorted;

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

-- What got worse, and what became of it. One that ended on one branch is open on that where it began as long as this is
-- measured slow after that: a mend on a branch that is not merged yet is none for those who are not on it.
create or replace view public.findings as
select finding.finding_id,
       repository.name as repository,
       host.name as host,
       benchmark.suite,
       benchmark.name as benchmark,
       benchmark.metric,
       benchmark.unit,
       series.parameters,
       series.device,
       finding.kind,
       case when ended.state is not null then ended.state
            when accepted.reason is not null then 'accepted'
            when measured.newest_at < newest.started_at - interval '14 days' then 'stale'
            else 'open'
       end as state,
       ended.state is null as is_open,
       finding.since_started_at,
       encode(finding.since_commit, 'hex') as since_commit,
       finding.since_branch as branch,
       finding.since_run_id,
       finding.good_started_at as last_good_started_at,
       encode(finding.good_commit, 'hex') as last_good_commit,
       finding.good_run_id as last_good_run_id,
       finding.cause as suspected_cause,
       finding.effect,
       finding.effect_low,
       finding.effect_high,
       latest.effect as latest_effect,
       latest.effect_low as latest_effect_low,
       latest.effect_high as latest_effect_high,
       latest.run_id as latest_run_id,
       latest.started_at as latest_started_at,
       measured.runs as runs_since,
       extract(epoch from coalesce(ended.ended_at, newest.started_at) - finding.since_started_at)::double precision
         / 86400 as days,
       measured.newest_at as last_measured_at,
       ended.ended_at,
       ended.run_id as ended_by_run_id,
       coalesce(ended.reason, accepted.reason) as reason,
       finding.found_by as found_by_run_id,
       finding.series_id,
       benchmark.repository_id,
       series.host_id
from nightjar.finding
join nightjar.series using (series_id)
join nightjar.benchmark using (benchmark_id)
join nightjar.repository on repository.repository_id = benchmark.repository_id
join nightjar.host on host.host_id = series.host_id
cross join lateral (
  select count(*) as runs, max(run.started_at) as newest_at
  from nightjar.run
  where run.repository_id = benchmark.repository_id and run.host_id = series.host_id
    and run.branch is not distinct from finding.since_branch and run.started_at >= finding.since_started_at
    and exists (select from nightjar.sample
                where sample.run_id = run.run_id and sample.series_id = finding.series_id)) as measured
cross join lateral (
  select max(run.started_at) as started_at
  from nightjar.run
  where run.repository_id = benchmark.repository_id and run.host_id = series.host_id) as newest
left join lateral (
  select verdict.effect, verdict.effect_low, verdict.effect_high, run.run_id, run.started_at
  from nightjar.finding_seen
  join nightjar.run using (run_id)
  join nightjar.verdict on verdict.run_id = run.run_id and verdict.series_id = finding.series_id
    and verdict.verdict in ('regressed', 'still regressed')
  where finding_seen.finding_id = finding.finding_id and finding_seen.series_id = finding.series_id
  order by run.started_at desc
  limit 1) as latest on true
left join lateral (
  select finding_end.state, finding_end.ended_at, finding_end.run_id, finding_end.reason
  from nightjar.finding_end
  left join nightjar.run as ending on ending.run_id = finding_end.run_id
  where finding_end.finding_id = finding.finding_id and finding_end.series_id = finding.series_id
    and (ending.run_id is null
         or ending.branch is not distinct from finding.since_branch
         or not exists (
           select from nightjar.finding_seen
           join nightjar.run on run.run_id = finding_seen.run_id
           where finding_seen.finding_id = finding.finding_id and finding_seen.series_id = finding.series_id
             and run.branch is not distinct from finding.since_branch and run.started_at > ending.started_at))
  order by finding_end.ended_at
  limit 1) as ended on true
left join lateral (
  select acknowledgement.reason
  from nightjar.acknowledgement
  where acknowledgement.benchmark_id = benchmark.benchmark_id
    and (acknowledgement.expires_at is null or acknowledgement.expires_at > now())
  order by acknowledgement.acknowledged_at desc
  limit 1) as accepted on true;

create or replace view public.open_findings as
select * from public.findings where is_open;

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

-- Nothing that is stored says when a night was due, so it is told from the nights that there were: what begins within six
-- hours of the run before is the same night, and the usual time from one to the next is the median of at least three.
create or replace view public.missed_nights as
with night as (
  select repository_id, host_id, run_id, started_at
  from (
    select run.*, lag(started_at) over (partition by repository_id, host_id order by started_at, run_id) as before_at
    from nightjar.run
    where pipeline = 'nightly') as begun
  where before_at is null or started_at - before_at > interval '6 hours'
), gap as (
  select night.*, lead(run_id) over in_order as next_run_id, lead(started_at) over in_order as next_started_at
  from night
  window in_order as (partition by repository_id, host_id order by started_at, run_id)
), usual as (
  select repository_id,
         host_id,
         percentile_cont(0.5) within group (order by extract(epoch from next_started_at - started_at)) as seconds
  from gap
  where next_started_at is not null
  group by repository_id, host_id
  having count(*) >= 3
)
select repository.name as repository,
       host.name as host,
       host.machine_key,
       gap.started_at + missed.place * make_interval(secs => usual.seconds) as due_at,
       gap.run_id as last_run_id,
       gap.started_at as last_started_at,
       gap.next_run_id,
       gap.next_started_at,
       extract(epoch from coalesce(gap.next_started_at, now()) - gap.started_at)::double precision / 3600 as gap_hours,
       usual.seconds / 3600 as usual_hours,
       gap.repository_id,
       gap.host_id
from gap
join usual using (repository_id, host_id)
join nightjar.repository using (repository_id)
join nightjar.host using (host_id)
-- Of what stopped for ever a year of nights is told.
cross join lateral generate_series(
  1,
  least(366, round(extract(epoch from coalesce(gap.next_started_at, now()) - gap.started_at) / usual.seconds)::int - 1))
  as missed (place);

-- Changes that the analyses count: of commits that a ref leads to, with who made them.
create or replace view nightjar.counted_change as
select git_commit.repository_id,
       git_commit.commit_number,
       git_commit.author_id,
       git_commit.committed_at,
       person.is_bot,
       git_change.path,
       git_change.lines_added,
       git_change.lines_deleted
from nightjar.git_change
join nightjar.git_commit using (commit_number)
join nightjar.person on person.person_id = git_commit.author_id
where git_commit.unreachable_since is null;

-- The same for a person in every report of this database; programs need none.
create or replace view nightjar.pseudonym as
select person_id,
       case when is_bot then name
            else 'Contributor ' || left(encode(sha256(convert_to(
              secret || E'\n' || name || E'\n' || email, 'UTF8')), 'hex'), 10)
       end as pseudonym
from nightjar.person cross join nightjar.pseudonym_secret;

-- Where the history of each repository stands; a commit from the future does not move it.
create or replace view nightjar.history_end as
select repository_id, max(committed_at) as ends_at
from nightjar.git_commit
where unreachable_since is null and committed_at <= now()
group by repository_id;

create or replace view public.commit_activity as
select repository.name as repository,
       (date_trunc('week', git_commit.authored_at at time zone 'UTC'))::date as week,
       person.name as author,
       person.email as author_email,
       count(*) as commits,
       count(*) filter (where cardinality(git_commit.parents) > 1) as merges,
       coalesce(sum(change.lines_added), 0)::bigint as lines_added,
       coalesce(sum(change.lines_deleted), 0)::bigint as lines_deleted,
       coalesce(sum(change.files), 0)::bigint as file_changes,
       person.is_bot,
       repository.repository_id
from nightjar.git_commit
join nightjar.repository using (repository_id)
join nightjar.person on person.person_id = git_commit.author_id
left join (
  select commit_number, count(*) as files, sum(lines_added) as lines_added, sum(lines_deleted) as lines_deleted
  from nightjar.git_change
  group by commit_number) as change using (commit_number)
where git_commit.unreachable_since is null
group by repository.repository_id, week, person.person_id;

create or replace view public.hotspots as
select repository.name as repository,
       counted.path,
       counted.changes,
       counted.authors,
       counted.lines_added,
       counted.lines_deleted,
       counted.last_changed_at,
       counted.score,
       counted.bot_changes,
       counted.recent_lines,
       git_head_file.size_bytes,
       counted.people_score * git_head_file.size_bytes / 1024 as heat,
       counted.repository_id,
       git_head_file.language,
       git_head_file.is_generated,
       git_head_file.is_vendored
from (
  select repository_id,
         path,
         count(*) as changes,
         count(distinct author_id) as authors,
         coalesce(sum(lines_added), 0)::bigint as lines_added,
         coalesce(sum(lines_deleted), 0)::bigint as lines_deleted,
         max(committed_at) as last_changed_at,
         sum(weight)::double precision as score,
         sum(weight) filter (where not is_bot)::double precision as people_score,
         count(*) filter (where is_bot) as bot_changes,
         sum(weight * (lines_added + lines_deleted)) filter (where not is_bot)::double precision as recent_lines
  from (
    -- Each change counts half of one that is 90 days younger, seen from where the history stands.
    select counted_change.*,
           exp(-ln(2) * greatest(extract(epoch from ends_at - committed_at), 0) / (90 * 86400)) as weight
    from nightjar.counted_change
    left join nightjar.history_end using (repository_id)) as weighted
  group by repository_id, path) as counted
join nightjar.repository using (repository_id)
left join nightjar.git_head_file using (repository_id, path);

-- Pairs of files. N commits of people that change 1 to 30 files are looked at: larger ones move or reformat, and would
-- make everything hang together. The measure is the log-likelihood ratio of the two-by-two table (T. Dunning, Accurate
-- Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19, 1993): twice the sum of
-- x ln x over the cells, minus that over the sums of rows and columns, plus N ln N.
create or replace view public.co_changes as
select repository.name as repository,
       pair.path,
       pair.other_path,
       pair.together,
       pair.changes,
       pair.other_changes,
       pair.commits,
       pair.together::double precision / (pair.changes + pair.other_changes - pair.together) as degree,
       2 * (nightjar.x_ln_x(pair.together)
            + nightjar.x_ln_x(pair.changes - pair.together)
            + nightjar.x_ln_x(pair.other_changes - pair.together)
            + nightjar.x_ln_x(pair.commits - pair.changes - pair.other_changes + pair.together)
            - nightjar.x_ln_x(pair.changes) - nightjar.x_ln_x(pair.commits - pair.changes)
            - nightjar.x_ln_x(pair.other_changes) - nightjar.x_ln_x(pair.commits - pair.other_changes)
            + nightjar.x_ln_x(pair.commits)) as log_likelihood_ratio,
       one.path is not null and other.path is not null as is_at_head,
       repository.repository_id
from nightjar.repository
cross join lateral (
  with sized as (
    select commit_number, count(*) as files
    from nightjar.counted_change
    where repository_id = repository.repository_id and not is_bot
    group by commit_number
    having count(*) <= 30
  ), total as materialized (
    select count(*) as commits from sized
  ), touched as materialized (
    -- Each row carries how often its path is changed: to join that number to both sides of each pair, of which the
    -- planner cannot know how many there are, has taken it through all pairs of paths.
    select commit_number, path, files, count(*) over (partition by path) as changes
    from (select distinct commit_number, path, files from sized join nightjar.git_change using (commit_number)) as once
  ), together as materialized (
    select a.path, b.path as other_path, count(*) as together, a.changes, b.changes as other_changes
    from touched as a
    join touched as b on b.commit_number = a.commit_number and a.path < b.path
    where a.files > 1 and b.files > 1
    group by a.path, b.path, a.changes, b.changes
    having count(*) >= 3
  )
  select together.*, total.commits from together cross join total) as pair
left join nightjar.git_head_file as one on one.repository_id = repository.repository_id and one.path = pair.path
left join nightjar.git_head_file as other on other.repository_id = repository.repository_id and other.path = pair.other_path
-- More often than by chance; pairs that avoid each other are no coupling.
where pair.together * pair.commits > pair.changes * pair.other_changes;

-- Who knows the files that are there now: all of them (/), and the folders of the first two levels. Minor authors have
-- less than a twentieth of the changes (C. Bird et al., Don't Touch My Code!, ESEC/FSE 2011). The bus factor is CHAOSS's
-- Contributor Absence Factor: how few people made half of the changes.
create or replace view public.ownership as
select repository.name as repository,
       known.part,
       known.files,
       known.changes,
       known.authors,
       person.name as main_author,
       person.email as main_author_email,
       known.main_share,
       known.minor_authors,
       known.bus_factor,
       repository.repository_id,
       known.main_author_id as person_id
from nightjar.repository
cross join lateral (
  with change as (
    select author_id, path
    from nightjar.counted_change
    join nightjar.git_head_file using (repository_id, path)
    where repository_id = repository.repository_id and not is_bot and git_head_file.kind <> 'submodule'
  ), located as (
    select author_id, path, '/' as part from change
    union all
    select author_id, path, split_part(path, '/', 1) || '/' from change where path like '%/%'
    union all
    select author_id, path, split_part(path, '/', 1) || '/' || split_part(path, '/', 2) || '/'
    from change where path like '%/%/%'
  ), ranked as (
    select part,
           author_id,
           count(*) as changes,
           row_number() over by_changes as place,
           sum(count(*)) over by_changes as running,
           sum(count(*)) over (partition by part) as total
    from located
    group by part, author_id
    window by_changes as (partition by part order by count(*) desc, author_id)
  ), parts as (
    select part, count(distinct path) as files from located group by part
  )
  select part,
         files,
         max(total)::bigint as changes,
         count(*) as authors,
         max(author_id) filter (where place = 1) as main_author_id,
         (max(changes) / max(total))::double precision as main_share,
         count(*) filter (where changes < 0.05 * total) as minor_authors,
         min(place) filter (where running >= total / 2) as bus_factor
  from ranked join parts using (part)
  group by part, files) as known
join nightjar.person on person.person_id = known.main_author_id;

create or replace view public.code_age as
select repository.name as repository,
       git_head_file.path,
       git_head_file.size_bytes,
       counted.changes,
       counted.first_changed_at,
       counted.last_changed_at,
       extract(epoch from ends_at - counted.last_changed_at)::double precision / 86400 as idle_days,
       git_head_file.repository_id
from nightjar.git_head_file
join nightjar.repository using (repository_id)
left join nightjar.history_end using (repository_id)
left join (
  select repository_id,
         path,
         count(*) as changes,
         min(committed_at) as first_changed_at,
         max(committed_at) as last_changed_at
  from nightjar.counted_change
  group by repository_id, path) as counted using (repository_id, path)
where git_head_file.kind <> 'submodule';

create or replace view public.files_at_head as
select repository.name as repository,
       git_head_file.path,
       git_head_file.kind,
       git_head_file.size_bytes,
       git_head_file.lfs_bytes,
       git_head_file.language,
       git_head_file.is_generated,
       git_head_file.is_vendored,
       git_head_file.is_documentation,
       encode(git_head_file.blob, 'hex') as object_id,
       git_head_file.repository_id
from nightjar.git_head_file
join nightjar.repository using (repository_id);

-- As linguist counts them: what people wrote here.
create or replace view public.languages as
select repository.name as repository,
       git_head_file.language,
       count(*) as files,
       sum(git_head_file.size_bytes)::bigint as size_bytes,
       repository.repository_id
from nightjar.git_head_file
join nightjar.repository using (repository_id)
where git_head_file.language is not null
  and git_head_file.kind in ('file', 'executable')
  and not (git_head_file.is_generated or git_head_file.is_vendored or git_head_file.is_documentation)
group by repository.repository_id, git_head_file.language;

-- A folder of a repository as a history of its own: the first two levels, and all of it (/).
create or replace view public.folder_activity as
select repository.name as repository,
       located.part,
       (date_trunc('week', located.committed_at at time zone 'UTC'))::date as week,
       count(distinct located.commit_number) as commits,
       count(distinct located.author_id) as authors,
       count(*) as changes,
       coalesce(sum(located.lines_added), 0)::bigint as lines_added,
       coalesce(sum(located.lines_deleted), 0)::bigint as lines_deleted,
       repository.repository_id
from (
  select counted_change.*, part
  from nightjar.counted_change
  cross join lateral (
    select '/' as part
    union all
    select split_part(path, '/', 1) || '/' where path like '%/%'
    union all
    select split_part(path, '/', 1) || '/' || split_part(path, '/', 2) || '/' where path like '%/%/%') as parts
  where not is_bot) as located
join nightjar.repository using (repository_id)
group by repository.repository_id, located.part, week;

create or replace view public.commits as
select repository.name as repository,
       encode(git_commit.commit_id, 'hex') as commit_id,
       author.name as author,
       author.email as author_email,
       author.is_bot,
       pseudonym.pseudonym,
       committer.name as committer,
       git_commit.authored_at,
       git_commit.committed_at,
       git_commit.subject,
       cardinality(git_commit.parents) as parents,
       change.files,
       change.lines_added,
       change.lines_deleted,
       git_commit.unreachable_since is null as is_reachable,
       git_commit.repository_id,
       git_commit.author_id as person_id
from nightjar.git_commit
join nightjar.repository using (repository_id)
join nightjar.person as author on author.person_id = git_commit.author_id
join nightjar.person as committer on committer.person_id = git_commit.committer_id
join nightjar.pseudonym on pseudonym.person_id = git_commit.author_id
left join lateral (
  select count(*) as files, sum(git_change.lines_added) as lines_added, sum(git_change.lines_deleted) as lines_deleted
  from nightjar.git_change
  where git_change.commit_number = git_commit.commit_number) as change on git_commit.listing = 'listed';

create or replace view public.file_changes as
select repository.name as repository,
       changed.path,
       changed.kind,
       changed.old_path,
       changed.lines_added,
       changed.lines_deleted,
       encode(changed.commit_id, 'hex') as commit_id,
       person.name as author,
       person.email as author_email,
       pseudonym.pseudonym,
       git_commit.committed_at,
       git_commit.subject,
       git_commit.unreachable_since is null as is_reachable,
       changed.repository_id,
       git_commit.author_id as person_id
from nightjar.file_change as changed
join nightjar.git_commit using (commit_number)
join nightjar.repository on repository.repository_id = changed.repository_id
join nightjar.person on person.person_id = git_commit.author_id
join nightjar.pseudonym on pseudonym.person_id = git_commit.author_id;

create or replace view public.authors as
select repository.name as repository,
       person.name as author,
       person.email as author_email,
       person.is_bot,
       pseudonym.pseudonym,
       counted.commits,
       counted.merges,
       counted.first_authored_at,
       counted.last_authored_at,
       counted.repository_id,
       person.person_id
from (
  select repository_id,
         author_id,
         count(*) as commits,
         count(*) filter (where cardinality(parents) > 1) as merges,
         min(authored_at) as first_authored_at,
         max(authored_at) as last_authored_at
  from nightjar.git_commit
  where unreachable_since is null
  group by repository_id, author_id) as counted
join nightjar.repository using (repository_id)
join nightjar.person on person.person_id = counted.author_id
join nightjar.pseudonym on pseudonym.person_id = counted.author_id;

create or replace view public.authors_by_month as
with monthly as (
  select repository_id,
         author_id,
         (date_trunc('month', authored_at at time zone 'UTC'))::date as month,
         count(*) as commits
  from nightjar.git_commit
  where unreachable_since is null and authored_at is not null
  group by repository_id, author_id, month
), numbered as (
  select monthly.*, min(month) over (partition by repository_id, author_id) as first_month from monthly
)
select repository.name as repository,
       numbered.month,
       count(*) filter (where not is_bot) as authors,
       count(*) filter (where not is_bot and month = first_month) as new_authors,
       coalesce(sum(commits) filter (where not is_bot), 0)::bigint as commits,
       count(*) filter (where is_bot) as bots,
       coalesce(sum(commits) filter (where is_bot), 0)::bigint as bot_commits,
       numbered.repository_id
from numbered
join nightjar.repository using (repository_id)
join nightjar.person on person.person_id = numbered.author_id
group by repository.name, numbered.repository_id, numbered.month;

create or replace view public.branches as
select repository.name as repository,
       git_ref.name as ref,
       git_ref.kind,
       encode(git_ref.commit_id, 'hex') as tip,
       git_commit.committed_at as tip_committed_at,
       person.name as tip_author,
       moved.movements,
       moved.forced_movements,
       moved.last_moved_at,
       git_ref.repository_id
from nightjar.git_ref
join nightjar.repository using (repository_id)
left join nightjar.git_commit
  on git_commit.repository_id = git_ref.repository_id and git_commit.commit_id = git_ref.commit_id
left join nightjar.person on person.person_id = git_commit.author_id
left join lateral (
  select count(*) as movements,
         count(*) filter (where forced) as forced_movements,
         max(seen_at) as last_moved_at
  from nightjar.git_ref_movement
  where git_ref_movement.repository_id = git_ref.repository_id and git_ref_movement.name = git_ref.name) as moved on true
where git_ref.kind in ('branch', 'remote_branch');

create or replace view public.ref_movements as
select repository.name as repository,
       git_ref_movement.name as ref,
       encode(git_ref_movement.old_target, 'hex') as old_target,
       encode(git_ref_movement.new_target, 'hex') as new_target,
       git_ref_movement.forced as is_forced,
       git_ref_movement.seen_at,
       git_ref_movement.repository_id
from nightjar.git_ref_movement
join nightjar.repository using (repository_id);

create or replace view public.merges_by_month as
select repository.name as repository,
       (date_trunc('month', git_commit.committed_at at time zone 'UTC'))::date as month,
       count(*) as merges,
       count(*) filter (where cardinality(git_commit.parents) > 2) as octopus_merges,
       sum(cardinality(git_commit.parents) - 1)::bigint as merged_parents,
       count(distinct git_commit.committer_id) as mergers,
       repository.repository_id
from nightjar.git_commit
join nightjar.repository using (repository_id)
where git_commit.unreachable_since is null and cardinality(git_commit.parents) > 1
group by repository.repository_id, month;

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
       machine.host_id,
       packed.started_at as chunk_started_at,
       packed.machine_id,
       machine.name as machine
from (select machine_id, metric_id, started_at, divisor, base, gaps, small, wide, raw from nightjar.telemetry_minute
      union all
      select machine_id, metric_id, started_at, divisor, base, gaps, small, wide, raw from nightjar.telemetry_recent)
  as packed
join nightjar.machine using (machine_id)
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
       machine.host_id,
       telemetry_hour.machine_id,
       machine.name as machine
from nightjar.telemetry_hour
join nightjar.machine using (machine_id)
join nightjar.host using (host_id)
join nightjar.telemetry_metric using (metric_id);

-- What db/README.md says of views and columns, for tools that show comments; a test holds the two against each other.
comment on view public.latest_results is 'The newest result of every series.';
comment on column public.latest_results.repository is 'the repository''s name';
comment on column public.latest_results.host is 'the host''s name';
comment on column public.latest_results.machine_key is 'equal keys mean that results may be compared';
comment on column public.latest_results.suite is 'the built-in suite; empty for a user''s own';
comment on column public.latest_results.benchmark is 'its name';
comment on column public.latest_results.metric is 'what is measured';
comment on column public.latest_results.unit is 'UCUM';
comment on column public.latest_results.direction is 'lower or higher is better';
comment on column public.latest_results.parameters is 'by name';
comment on column public.latest_results.device is 'cpu, or an accelerator';
comment on column public.latest_results.run_id is 'the run, a UUIDv7';
comment on column public.latest_results.run_started_at is 'when the run began';
comment on column public.latest_results.head_commit is 'what was checked out, in hex';
comment on column public.latest_results.samples is 'how many repetitions';
comment on column public.latest_results.median is 'of the repetitions';
comment on column public.latest_results.minimum is 'the smallest value';
comment on column public.latest_results.maximum is 'the largest value';
comment on column public.latest_results.verdict is
  'pass, improved, regressed, still regressed, inconclusive, new, missing, failed';
comment on column public.latest_results.effect is 'relative change, 0.03 being 3 % more';
comment on column public.latest_results.effect_low is 'lower end of the effect''s interval';
comment on column public.latest_results.effect_high is 'upper end of it';
comment on column public.latest_results.confidence is 'coverage of that interval';
comment on column public.latest_results.series_id is 'the series, to join with';

comment on view public.results_per_run is
  'The result of every series in every run that measured or judged it: median, interval, verdict.';
comment on column public.results_per_run.repository is 'the repository''s name';
comment on column public.results_per_run.host is 'the host''s name';
comment on column public.results_per_run.machine_key is 'equal keys mean that results may be compared';
comment on column public.results_per_run.suite is 'the built-in suite; empty for a user''s own';
comment on column public.results_per_run.benchmark is 'its name';
comment on column public.results_per_run.metric is 'what is measured';
comment on column public.results_per_run.unit is 'UCUM';
comment on column public.results_per_run.direction is 'lower or higher is better';
comment on column public.results_per_run.parameters is 'by name';
comment on column public.results_per_run.device is 'cpu, or an accelerator';
comment on column public.results_per_run.run_id is 'the run, a UUIDv7';
comment on column public.results_per_run.pipeline is 'what made the run, as in run_history';
comment on column public.results_per_run.run_started_at is 'when the run began';
comment on column public.results_per_run.head_commit is 'what was checked out, in hex';
comment on column public.results_per_run.branch is 'what was checked out; null when detached';
comment on column public.results_per_run.samples is 'how many repetitions; 0 where the series was judged and gave none';
comment on column public.results_per_run.median is 'of the repetitions';
comment on column public.results_per_run.median_low is
  'lower end of the median''s 95 % interval; null below six repetitions, where there is none';
comment on column public.results_per_run.median_high is 'upper end of it';
comment on column public.results_per_run.minimum is 'the smallest value';
comment on column public.results_per_run.maximum is 'the largest value';
comment on column public.results_per_run.verdict is
  'pass, improved, regressed, still regressed, inconclusive, new, missing, failed; null where nothing was judged';
comment on column public.results_per_run.effect is 'relative change, 0.03 being 3 % more';
comment on column public.results_per_run.effect_low is 'lower end of the effect''s interval';
comment on column public.results_per_run.effect_high is 'upper end of it';
comment on column public.results_per_run.confidence is 'coverage of that interval';
comment on column public.results_per_run.baseline is 'what it was compared with';
comment on column public.results_per_run.evidence is 'the grounds, in a sentence';
comment on column public.results_per_run.series_id is 'the series, to join with';
comment on column public.results_per_run.repository_id is 'the repository, to join with';
comment on column public.results_per_run.host_id is 'the kind of machine, to join with';

comment on view public.regressions is 'What got slower, each time it was found.';
comment on column public.regressions.repository is 'the repository''s name';
comment on column public.regressions.host is 'the host''s name';
comment on column public.regressions.suite is 'the built-in suite; empty for a user''s own';
comment on column public.regressions.benchmark is 'its name';
comment on column public.regressions.metric is 'what is measured';
comment on column public.regressions.unit is 'UCUM';
comment on column public.regressions.parameters is 'by name';
comment on column public.regressions.device is 'cpu, or an accelerator';
comment on column public.regressions.run_id is 'the run, a UUIDv7';
comment on column public.regressions.run_started_at is 'when the run began';
comment on column public.regressions.head_commit is 'what was checked out, in hex';
comment on column public.regressions.branch is 'what was checked out; null when detached';
comment on column public.regressions.effect is 'relative change, 0.03 being 3 % more';
comment on column public.regressions.effect_low is 'lower end of the effect''s interval';
comment on column public.regressions.effect_high is 'upper end of it';
comment on column public.regressions.confidence is 'coverage of that interval';
comment on column public.regressions.baseline is 'what it was compared with';
comment on column public.regressions.evidence is 'the grounds, in a sentence';
comment on column public.regressions.suspected_cause is
  'a commit range or a condition of the machine; null when none is known';
comment on column public.regressions.is_acknowledged is
  'whether somebody accepts it now, as the last decision on the benchmark found in the file of acknowledgements';

comment on view public.findings is
  'What got worse, one row each, from the run that shows it first to the measurement or the person that ended it. '
  'What ended on one branch is open on that where it began as long as it is measured slow there.';
comment on column public.findings.finding_id is 'the finding, a UUIDv7';
comment on column public.findings.repository is 'the repository''s name';
comment on column public.findings.host is 'the host''s name';
comment on column public.findings.suite is 'the built-in suite; empty for a user''s own';
comment on column public.findings.benchmark is 'its name';
comment on column public.findings.metric is 'what is measured';
comment on column public.findings.unit is 'UCUM';
comment on column public.findings.parameters is 'by name';
comment on column public.findings.device is 'cpu, or an accelerator';
comment on column public.findings.kind is 'regression, a step, or drift, bit by bit';
comment on column public.findings.state is
  'open; accepted, by a person, for a time or for good; stale, not measured for two weeks in which other things '
  'were; mended; unconfirmed, as what was measured next did not show it';
comment on column public.findings.is_open is
  'whether neither a measurement nor a person ended it; accepted for a time is open';
comment on column public.findings.since_started_at is 'when the first run that shows it began';
comment on column public.findings.since_commit is 'what that run measured, in hex';
comment on column public.findings.branch is 'on which branch; null when detached';
comment on column public.findings.since_run_id is 'that run; it may be gone';
comment on column public.findings.last_good_started_at is 'when the last run before it began';
comment on column public.findings.last_good_commit is 'what that one measured, in hex';
comment on column public.findings.last_good_run_id is 'that one; it may be gone';
comment on column public.findings.suspected_cause is 'the commits between the two, or a condition of the machine';
comment on column public.findings.effect is
  'relative change when it was found, 0.03 being 3 % more; null for one from zero';
comment on column public.findings.effect_low is 'lower end of the effect''s interval';
comment on column public.findings.effect_high is 'upper end of it';
comment on column public.findings.latest_effect is
  'the same in the newest run that saw it, against the last good level';
comment on column public.findings.latest_effect_low is 'lower end of that';
comment on column public.findings.latest_effect_high is 'upper end of it';
comment on column public.findings.latest_run_id is 'that run';
comment on column public.findings.latest_started_at is 'when it began';
comment on column public.findings.runs_since is 'runs of the branch that measured it since, the first with them';
comment on column public.findings.days is
  'from the first run that shows it to its end, or to the newest run of the host';
comment on column public.findings.last_measured_at is 'when the newest of them began';
comment on column public.findings.ended_at is 'when it ended; null while it is open';
comment on column public.findings.ended_by_run_id is 'the run that measured its end; null for a person''s word';
comment on column public.findings.reason is 'why it ended, or is accepted for a time';
comment on column public.findings.found_by_run_id is
  'the run that found it: the first that shows it, or a later one where no night alone could tell';
comment on column public.findings.series_id is 'the series, to join with';
comment on column public.findings.repository_id is 'the repository, to join with';
comment on column public.findings.host_id is 'the kind of machine, to join with';

comment on view public.open_findings is
  'Those of them that neither a measurement nor a person has ended, with the same columns.';
comment on column public.open_findings.finding_id is 'the finding, a UUIDv7';
comment on column public.open_findings.repository is 'the repository''s name';
comment on column public.open_findings.host is 'the host''s name';
comment on column public.open_findings.suite is 'the built-in suite; empty for a user''s own';
comment on column public.open_findings.benchmark is 'its name';
comment on column public.open_findings.metric is 'what is measured';
comment on column public.open_findings.unit is 'UCUM';
comment on column public.open_findings.parameters is 'by name';
comment on column public.open_findings.device is 'cpu, or an accelerator';
comment on column public.open_findings.kind is 'regression, a step, or drift, bit by bit';
comment on column public.open_findings.state is
  'open; accepted, by a person, for a time or for good; stale, not measured for two weeks in which other things '
  'were; mended; unconfirmed, as what was measured next did not show it';
comment on column public.open_findings.is_open is
  'whether neither a measurement nor a person ended it; accepted for a time is open';
comment on column public.open_findings.since_started_at is 'when the first run that shows it began';
comment on column public.open_findings.since_commit is 'what that run measured, in hex';
comment on column public.open_findings.branch is 'on which branch; null when detached';
comment on column public.open_findings.since_run_id is 'that run; it may be gone';
comment on column public.open_findings.last_good_started_at is 'when the last run before it began';
comment on column public.open_findings.last_good_commit is 'what that one measured, in hex';
comment on column public.open_findings.last_good_run_id is 'that one; it may be gone';
comment on column public.open_findings.suspected_cause is 'the commits between the two, or a condition of the machine';
comment on column public.open_findings.effect is
  'relative change when it was found, 0.03 being 3 % more; null for one from zero';
comment on column public.open_findings.effect_low is 'lower end of the effect''s interval';
comment on column public.open_findings.effect_high is 'upper end of it';
comment on column public.open_findings.latest_effect is
  'the same in the newest run that saw it, against the last good level';
comment on column public.open_findings.latest_effect_low is 'lower end of that';
comment on column public.open_findings.latest_effect_high is 'upper end of it';
comment on column public.open_findings.latest_run_id is 'that run';
comment on column public.open_findings.latest_started_at is 'when it began';
comment on column public.open_findings.runs_since is 'runs of the branch that measured it since, the first with them';
comment on column public.open_findings.days is
  'from the first run that shows it to its end, or to the newest run of the host';
comment on column public.open_findings.last_measured_at is 'when the newest of them began';
comment on column public.open_findings.ended_at is 'when it ended; null while it is open';
comment on column public.open_findings.ended_by_run_id is 'the run that measured its end; null for a person''s word';
comment on column public.open_findings.reason is 'why it ended, or is accepted for a time';
comment on column public.open_findings.found_by_run_id is
  'the run that found it: the first that shows it, or a later one where no night alone could tell';
comment on column public.open_findings.series_id is 'the series, to join with';
comment on column public.open_findings.repository_id is 'the repository, to join with';
comment on column public.open_findings.host_id is 'the kind of machine, to join with';

comment on view public.run_history is 'Every run.';
comment on column public.run_history.run_id is 'the run, a UUIDv7';
comment on column public.run_history.pipeline is
  'nightly, ingest, bench, backfill, results (of other tools'' files) or import';
comment on column public.run_history.repository is 'the repository''s name';
comment on column public.run_history.host is 'the host''s name';
comment on column public.run_history.machine_key is 'equal keys mean that results may be compared';
comment on column public.run_history.head_commit is 'what was checked out, in hex';
comment on column public.run_history.branch is 'what was checked out; null when detached';
comment on column public.run_history.state is 'running, completed, failed, abandoned';
comment on column public.run_history.started_at is 'when it began';
comment on column public.run_history.finished_at is 'null while it runs';
comment on column public.run_history.duration_seconds is 'from begin to end';
comment on column public.run_history.samples is 'how many repetitions';
comment on column public.run_history.regressed is 'how many series';
comment on column public.run_history.improved is 'how many series';
comment on column public.run_history.failed is 'how many series';
comment on column public.run_history.skipped is 'how many things were left out';
comment on column public.run_history.nightjar_version is 'what ran it';
comment on column public.run_history.machine_id is
  'the machine that it was made on, the last when there were several; null for one that was made elsewhere';
comment on column public.run_history.machine is 'that machine''s name';
comment on column public.run_history.still_regressed is 'series with that verdict';

comment on view public.machines is 'Every machine that was watched during a run.';
comment on column public.machines.machine_id is 'the machine, to join with';
comment on column public.machines.machine is 'its name';
comment on column public.machines.boot_id is
  'its boot, as counters begin anew with each; null for all machines of the kind together, as they were kept before '
  'machines were told apart';
comment on column public.machines.machine_key is 'equal keys mean that results may be compared';
comment on column public.machines.host is 'the name of the kind''s machine that was seen last';
comment on column public.machines.first_seen_at is 'when it was first watched';
comment on column public.machines.last_seen_at is 'when a run last began on it';
comment on column public.machines.host_id is 'the kind, to join with';

comment on view public.samples is
  'Every repetition, with what the machine did meanwhile. A reading that could not be taken is null, never zero.';
comment on column public.samples.run_id is 'the run, a UUIDv7';
comment on column public.samples.repository is 'the repository''s name';
comment on column public.samples.host is 'the host''s name';
comment on column public.samples.machine_key is 'equal keys mean that results may be compared';
comment on column public.samples.suite is 'the built-in suite; empty for a user''s own';
comment on column public.samples.benchmark is 'its name';
comment on column public.samples.metric is 'what is measured';
comment on column public.samples.unit is 'UCUM';
comment on column public.samples.direction is 'lower or higher is better';
comment on column public.samples.parameters is 'by name';
comment on column public.samples.device is 'cpu, or an accelerator';
comment on column public.samples.ordinal is 'the number of the repetition or finding, from 0';
comment on column public.samples.value is 'in the unit';
comment on column public.samples.started_at is 'when it began';
comment on column public.samples.wall_nanos is 'how long the repetition took';
comment on column public.samples.user_cpu_nanos is 'CPU time in user mode';
comment on column public.samples.system_cpu_nanos is 'CPU time in the kernel';
comment on column public.samples.max_rss_bytes is 'peak resident memory';
comment on column public.samples.minor_faults is 'page faults without I/O';
comment on column public.samples.major_faults is 'page faults with I/O';
comment on column public.samples.voluntary_switches is 'context switches asked for';
comment on column public.samples.involuntary_switches is 'context switches forced';
comment on column public.samples.run_queue_wait_nanos is 'runnable and not running';
comment on column public.samples.cpu_pressure_nanos is 'growth of PSI cpu, some';
comment on column public.samples.memory_pressure_nanos is 'growth of PSI memory, some';
comment on column public.samples.io_pressure_nanos is 'growth of PSI io, some';
comment on column public.samples.steal_nanos is 'CPU time that the hypervisor gave to others';
comment on column public.samples.throttled_nanos is 'time the cgroup was throttled';
comment on column public.samples.series_id is 'the series, to join with';
comment on column public.samples.weight is 'how far it is believed, 1 where nothing disturbed it';
comment on column public.samples.disturbed_by is 'what disturbed it, the largest first; null when nothing did';

comment on view public.host_noise is 'How disturbed the host was while a run measured.';
comment on column public.host_noise.host is 'the host''s name';
comment on column public.host_noise.machine_key is 'equal keys mean that results may be compared';
comment on column public.host_noise.run_id is 'the run, a UUIDv7';
comment on column public.host_noise.run_started_at is 'when the run began';
comment on column public.host_noise.samples is 'how many repetitions';
comment on column public.host_noise.measured_seconds is 'wall time of all repetitions';
comment on column public.host_noise.run_queue_wait_ratio is
  'time runnable and not running, by the wall time; null where no repetition has it, as the next ones';
comment on column public.host_noise.cpu_pressure_ratio is 'growth of PSI cpu, some, by the wall time';
comment on column public.host_noise.memory_pressure_ratio is 'growth of PSI memory, some, by the wall time';
comment on column public.host_noise.io_pressure_ratio is 'growth of PSI io, some, by the wall time';
comment on column public.host_noise.steal_ratio is 'CPU time that the hypervisor gave to others, by the wall time';
comment on column public.host_noise.throttled_ratio is 'time the cgroup was throttled, by the wall time';
comment on column public.host_noise.involuntary_switches_per_second is 'context switches forced';

comment on view public.missed_nights is
  'Nights in which nothing ran, one row each. No time at which a night was due is stored, so it is derived: a night '
  'is a run of the pipeline nightly on a kind of machine that begins more than six hours after the one before, the '
  'usual time between two of them is the median of at least three, and where one and a half of it or more passed, '
  'what would have fitted in between was missed. A gap that lasts is counted up to now, and a year of it at most.';
comment on column public.missed_nights.repository is 'the repository''s name';
comment on column public.missed_nights.host is 'the host''s name';
comment on column public.missed_nights.machine_key is 'equal keys mean that results may be compared';
comment on column public.missed_nights.due_at is 'about when it was due, derived from the usual time between nights';
comment on column public.missed_nights.last_run_id is 'the night before the gap';
comment on column public.missed_nights.last_started_at is 'when that one began';
comment on column public.missed_nights.next_run_id is 'the night after the gap; null while it lasts';
comment on column public.missed_nights.next_started_at is 'when that one began';
comment on column public.missed_nights.gap_hours is 'from the night before to the night after, or to now';
comment on column public.missed_nights.usual_hours is 'the median time from one night to the next';
comment on column public.missed_nights.repository_id is 'the repository, to join with';
comment on column public.missed_nights.host_id is 'the kind of machine, to join with';

comment on view public.hotspots is
  'The files that people change most, recent changes counting more. The views on git history count the commits that '
  'a ref leads to; a commit that a forced push left behind stays stored and counts again when a ref leads to it. '
  'Programs that commit are told by their names (is_bot) and kept apart. A file that was renamed begins anew under '
  'its new path.';
comment on column public.hotspots.repository is 'the repository''s name';
comment on column public.hotspots.path is 'the file';
comment on column public.hotspots.changes is 'commits that changed it';
comment on column public.hotspots.authors is 'people who changed it';
comment on column public.hotspots.lines_added is 'where it can be known';
comment on column public.hotspots.lines_deleted is 'where it can be known';
comment on column public.hotspots.last_changed_at is 'the newest of those commits';
comment on column public.hotspots.score is 'changes, each counting half of one that is 90 days younger';
comment on column public.hotspots.bot_changes is 'those of the changes that programs made';
comment on column public.hotspots.recent_lines is
  'lines that people added and deleted, weighted like the score; null where none can be known';
comment on column public.hotspots.size_bytes is
  'its size at the head of the default branch; null where it is not there';
comment on column public.hotspots.heat is
  'the score of people''s changes times the size in KiB: churn × size (A. Tornhill, Your Code as a Crime Scene, '
  '2015); null where the size is';
comment on column public.hotspots.repository_id is 'tells repositories of one name apart';
comment on column public.hotspots.language is 'null where the path does not tell, or the file is not there';
comment on column public.hotspots.is_generated is
  'written by a program, such as a lock file; null where the file is not there';
comment on column public.hotspots.is_vendored is 'taken over from another project; null where the file is not there';

comment on view public.co_changes is
  'Pairs of files that commits change together: at least three times, and more often than by chance. Looked at are '
  'commits of people that change 1 to 30 files; larger ones move or reformat.';
comment on column public.co_changes.repository is 'the repository''s name';
comment on column public.co_changes.path is 'one file';
comment on column public.co_changes.other_path is 'the other, later in the alphabet';
comment on column public.co_changes.together is 'commits that changed both';
comment on column public.co_changes.changes is 'commits that changed the one';
comment on column public.co_changes.other_changes is 'commits that changed the other';
comment on column public.co_changes.commits is 'commits looked at';
comment on column public.co_changes.degree is 'of the commits that changed either, the part that changed both';
comment on column public.co_changes.log_likelihood_ratio is
  'Dunning''s (1993) of the four counts; from 10.83 on, chance does as much once in a thousand pairs';
comment on column public.co_changes.is_at_head is 'whether both are at the head of the default branch';
comment on column public.co_changes.repository_id is 'tells repositories of one name apart';

comment on view public.ownership is
  'Who knows the files at the head of the default branch: changes by people, of all files (/) and of the folders of '
  'the first two levels.';
comment on column public.ownership.repository is 'the repository''s name';
comment on column public.ownership.part is '/, or a folder with a slash at its end';
comment on column public.ownership.files is 'files at head that people changed';
comment on column public.ownership.changes is 'how often: one a file and commit';
comment on column public.ownership.authors is 'who changed them';
comment on column public.ownership.main_author is 'who did most';
comment on column public.ownership.main_author_email is 'the same person''s';
comment on column public.ownership.main_share is 'their part of the changes';
comment on column public.ownership.minor_authors is
  'authors with less than a twentieth (C. Bird et al., Don''t Touch My Code!, 2011)';
comment on column public.ownership.bus_factor is
  'how few people made half of the changes (CHAOSS: Contributor Absence Factor)';
comment on column public.ownership.repository_id is 'tells repositories of one name apart';
comment on column public.ownership.person_id is 'the main author, to join with';

comment on view public.code_age is 'Every file at the head of the default branch, and how long nobody has touched it.';
comment on column public.code_age.repository is 'the repository''s name';
comment on column public.code_age.path is 'the file';
comment on column public.code_age.size_bytes is 'null where the content is not there';
comment on column public.code_age.changes is 'commits that changed it; null where none is stored';
comment on column public.code_age.first_changed_at is 'the oldest of them';
comment on column public.code_age.last_changed_at is 'the newest of them';
comment on column public.code_age.idle_days is 'from the newest of them to the newest commit of the repository';
comment on column public.code_age.repository_id is 'tells repositories of one name apart';

comment on view public.files_at_head is
  'What stands at each path of the default branch, and what it counts as by the conventions of GitHub''s linguist: '
  'by path, and by linguist-language, linguist-generated, linguist-vendored and linguist-documentation in the '
  'tree''s .gitattributes. Contents are not looked at, except for pointers of git LFS.';
comment on column public.files_at_head.repository is 'the repository''s name';
comment on column public.files_at_head.path is 'where it stands';
comment on column public.files_at_head.kind is 'file, executable, link or submodule';
comment on column public.files_at_head.size_bytes is 'null where the content is not there, and of a submodule';
comment on column public.files_at_head.lfs_bytes is
  'size of the file that git LFS keeps elsewhere; null where the content is no pointer of LFS';
comment on column public.files_at_head.language is 'null where the path does not tell';
comment on column public.files_at_head.is_generated is 'written by a program, such as a lock file';
comment on column public.files_at_head.is_vendored is 'taken over from another project';
comment on column public.files_at_head.is_documentation is 'for people to read';
comment on column public.files_at_head.object_id is 'of the content in hex; of a submodule, the commit that it names';
comment on column public.files_at_head.repository_id is 'tells repositories of one name apart';

comment on view public.languages is
  'How much of each language is at the head, without what is generated, vendored or documentation.';
comment on column public.languages.repository is 'the repository''s name';
comment on column public.languages.language is 'linguist''s name of it';
comment on column public.languages.files is 'how many';
comment on column public.languages.size_bytes is 'of all of them whose content is there';
comment on column public.languages.repository_id is 'tells repositories of one name apart';

comment on view public.folder_activity is
  'The history of each part of a repository by itself, week by week: of all of it (/), and of the folders of the '
  'first two levels. Changes by people.';
comment on column public.folder_activity.repository is 'the repository''s name';
comment on column public.folder_activity.part is '/, or a folder with a slash at its end';
comment on column public.folder_activity.week is 'its Monday, UTC; null for commits without a time';
comment on column public.folder_activity.commits is 'that changed the part';
comment on column public.folder_activity.authors is 'who wrote those';
comment on column public.folder_activity.changes is 'one a file and commit';
comment on column public.folder_activity.lines_added is 'where it can be known';
comment on column public.folder_activity.lines_deleted is 'where it can be known';
comment on column public.folder_activity.repository_id is 'tells repositories of one name apart';

comment on view public.commits is 'Every commit that is stored, those that no ref leads to any more among them.';
comment on column public.commits.repository is 'the repository''s name';
comment on column public.commits.commit_id is 'in hex';
comment on column public.commits.author is 'the person, one whatever the spelling';
comment on column public.commits.author_email is 'the same person''s';
comment on column public.commits.is_bot is 'a program, as far as its name tells';
comment on column public.commits.pseudonym is
  'the author''s, the same in all reports of this database; a program''s is its name';
comment on column public.commits.committer is 'the person who committed it';
comment on column public.commits.authored_at is 'null where the commit has no time that a calendar can hold';
comment on column public.commits.committed_at is 'null where the commit has no time that a calendar can hold';
comment on column public.commits.subject is 'the first line of the message';
comment on column public.commits.parents is 'how many: 0 for a first commit, several for a merge';
comment on column public.commits.files is 'how many it changed; null for a merge, and where it cannot be known';
comment on column public.commits.lines_added is 'where it can be known';
comment on column public.commits.lines_deleted is 'where it can be known';
comment on column public.commits.is_reachable is 'whether a ref leads to it';
comment on column public.commits.repository_id is 'the repository, to join with';
comment on column public.commits.person_id is 'the author, to join with';

comment on view public.file_changes is 'Every file that every commit changed. Merges list none of their own.';
comment on column public.file_changes.repository is 'the repository''s name';
comment on column public.file_changes.path is 'the file, by its name after the commit';
comment on column public.file_changes.kind is 'added, modified, deleted, renamed, copied or type_changed';
comment on column public.file_changes.old_path is 'its name before; null where it is the same';
comment on column public.file_changes.lines_added is 'null where it cannot be known, as of a file that is no text';
comment on column public.file_changes.lines_deleted is 'null where it cannot be known, as of a file that is no text';
comment on column public.file_changes.commit_id is 'the commit, in hex';
comment on column public.file_changes.author is 'the person, one whatever the spelling';
comment on column public.file_changes.author_email is 'the same person''s';
comment on column public.file_changes.pseudonym is 'the author''s, the same in all reports of this database';
comment on column public.file_changes.committed_at is 'null where the commit has no time that a calendar can hold';
comment on column public.file_changes.subject is 'the first line of the commit''s message';
comment on column public.file_changes.is_reachable is 'whether a ref leads to the commit';
comment on column public.file_changes.repository_id is 'the repository, to join with';
comment on column public.file_changes.person_id is 'the author, to join with';

comment on view public.authors is 'Everybody who wrote a commit.';
comment on column public.authors.repository is 'the repository''s name';
comment on column public.authors.author is 'the person, one whatever the spelling';
comment on column public.authors.author_email is 'the same person''s';
comment on column public.authors.is_bot is 'a program, as far as its name tells';
comment on column public.authors.pseudonym is 'the same in all reports of this database; a program''s is its name';
comment on column public.authors.commits is 'how many';
comment on column public.authors.merges is 'how many of them have several parents';
comment on column public.authors.first_authored_at is 'the oldest of them';
comment on column public.authors.last_authored_at is 'the newest of them';
comment on column public.authors.repository_id is 'tells repositories of one name apart';
comment on column public.authors.person_id is 'the person, to join with';

comment on view public.authors_by_month is 'How many people write, month by month.';
comment on column public.authors_by_month.repository is 'the repository''s name';
comment on column public.authors_by_month.month is 'its first day, UTC';
comment on column public.authors_by_month.authors is 'people who wrote a commit';
comment on column public.authors_by_month.new_authors is 'those whose first commit it is';
comment on column public.authors_by_month.commits is 'of people';
comment on column public.authors_by_month.bots is 'programs that wrote a commit';
comment on column public.authors_by_month.bot_commits is 'of programs';
comment on column public.authors_by_month.repository_id is 'tells repositories of one name apart';

comment on view public.branches is 'The branches as they were last seen.';
comment on column public.branches.repository is 'the repository''s name';
comment on column public.branches.ref is 'in full, such as refs/heads/main';
comment on column public.branches.kind is 'branch or remote_branch';
comment on column public.branches.tip is 'the commit, in hex; null where it cannot be read';
comment on column public.branches.tip_committed_at is 'when that was committed';
comment on column public.branches.tip_author is 'who wrote it';
comment on column public.branches.movements is 'how often the ref was seen to appear, move or vanish';
comment on column public.branches.forced_movements is 'how often it left commits behind';
comment on column public.branches.last_moved_at is 'when the last of them was seen';
comment on column public.branches.repository_id is 'tells repositories of one name apart';

comment on view public.ref_movements is
  'Every value a ref was seen to have, for as long as the repository is ingested.';
comment on column public.ref_movements.repository is 'the repository''s name';
comment on column public.ref_movements.ref is 'in full; branches, tags, HEAD and others';
comment on column public.ref_movements.old_target is 'object id in hex; null where the ref was new';
comment on column public.ref_movements.new_target is 'object id in hex; null where the ref was deleted';
comment on column public.ref_movements.is_forced is
  'whether the new commit does not descend from the old one; null where that is no question, as for HEAD, or cannot '
  'be known';
comment on column public.ref_movements.seen_at is 'when the ingest saw it';
comment on column public.ref_movements.repository_id is 'tells repositories of one name apart';

comment on view public.merges_by_month is 'Merges, month by month.';
comment on column public.merges_by_month.repository is 'the repository''s name';
comment on column public.merges_by_month.month is 'its first day, UTC; null for commits without a time';
comment on column public.merges_by_month.merges is 'commits with several parents';
comment on column public.merges_by_month.octopus_merges is 'those with more than two';
comment on column public.merges_by_month.merged_parents is 'parents but the first, of all of them';
comment on column public.merges_by_month.mergers is 'people who committed them';
comment on column public.merges_by_month.repository_id is 'tells repositories of one name apart';

comment on view public.commit_activity is 'Commits by week and author.';
comment on column public.commit_activity.repository is 'the repository''s name';
comment on column public.commit_activity.week is 'its Monday, UTC; null for commits without a time';
comment on column public.commit_activity.author is 'the person, one whatever the spelling';
comment on column public.commit_activity.author_email is 'the same person''s';
comment on column public.commit_activity.commits is 'how many';
comment on column public.commit_activity.merges is 'how many of them have several parents';
comment on column public.commit_activity.lines_added is 'where it can be known';
comment on column public.commit_activity.lines_deleted is 'where it can be known';
comment on column public.commit_activity.file_changes is 'how many';
comment on column public.commit_activity.is_bot is 'a program, as far as its name tells';
comment on column public.commit_activity.repository_id is 'tells repositories of one name apart';

comment on view public.research_findings is 'What research found. Empty so far: no research runs yet.';
comment on column public.research_findings.session_id is 'the research session';
comment on column public.research_findings.run_id is 'the run, a UUIDv7';
comment on column public.research_findings.started_at is 'when it began';
comment on column public.research_findings.ordinal is 'the number of the repetition or finding, from 0';
comment on column public.research_findings.question is 'what was asked';
comment on column public.research_findings.finding is 'the answer';
comment on column public.research_findings.citations is 'what it stands on';

comment on view public.telemetry_samples is
  'Every reading of the machines, unpacked. Filter by chunk_started_at to read only part of it.';
comment on column public.telemetry_samples.host is 'the host''s name';
comment on column public.telemetry_samples.name is 'OpenTelemetry''s name where it has one, else nightjar.*';
comment on column public.telemetry_samples.attributes is 'key=value, with commas between';
comment on column public.telemetry_samples.unit is 'UCUM';
comment on column public.telemetry_samples.read_at is 'when it was read';
comment on column public.telemetry_samples.value is 'in the unit';
comment on column public.telemetry_samples.host_id is 'the kind of machine, to join with';
comment on column public.telemetry_samples.chunk_started_at is 'begin of the packed row, to filter by';
comment on column public.telemetry_samples.machine_id is 'the machine, to join with';
comment on column public.telemetry_samples.machine is 'its name';

comment on view public.telemetry_hourly is 'What is kept of readings that were dropped for their age.';
comment on column public.telemetry_hourly.host is 'the host''s name';
comment on column public.telemetry_hourly.name is 'OpenTelemetry''s name where it has one, else nightjar.*';
comment on column public.telemetry_hourly.attributes is 'key=value, with commas between';
comment on column public.telemetry_hourly.unit is 'UCUM';
comment on column public.telemetry_hourly.hour_at is 'the hour, UTC';
comment on column public.telemetry_hourly.readings is 'how many';
comment on column public.telemetry_hourly.minimum is 'the smallest value';
comment on column public.telemetry_hourly.mean is 'of the readings';
comment on column public.telemetry_hourly.maximum is 'the largest value';
comment on column public.telemetry_hourly.host_id is 'the kind of machine, to join with';
comment on column public.telemetry_hourly.machine_id is 'the machine, to join with';
comment on column public.telemetry_hourly.machine is 'its name';
