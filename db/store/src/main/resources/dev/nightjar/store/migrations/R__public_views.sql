-- Version 61. Who changes what stands here raises that number above those of all migrations: of two builds with one
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

comment on view public.findings is
  'What got worse, one row each, from the run that shows it first to the measurement or the person that ended it.';
comment on column public.findings.kind is 'regression: a step; drift: bit by bit.';
comment on column public.findings.state is
  'open; accepted: by a person, for a time or for good; stale: not measured for two weeks in which other things were;'
  ' mended: measured as good as before; unconfirmed: what was measured next did not show it.';
comment on column public.findings.is_open is 'Whether neither a measurement nor a person ended it; accepted for a time is open.';
comment on column public.findings.since_started_at is 'When the first run that shows it began.';
comment on column public.findings.branch is 'The branch that this run was on.';
comment on column public.findings.effect is 'The relative change when it was found, 0.03 being 3 % more; null for one from zero.';
comment on column public.findings.latest_effect is 'The same in the newest run that saw it, against the last good level.';
comment on column public.findings.runs_since is 'Runs of the branch that measured it since, that one with them.';
comment on column public.findings.days is 'From the first run that shows it to its end, or to the newest run of the host.';

create or replace view public.open_findings as
select * from public.findings where is_open;

comment on view public.open_findings is
  'Findings that neither a measurement nor a person has ended: open, accepted for a time, or stale.';

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
