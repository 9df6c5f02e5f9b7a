-- Ten nights on a quiet machine, of which two are missing, and four on a noisy one; 'parse' grows by 1 % a day, 'index' does
-- not, and 'serve' gets better. Of four commits the second and the third touch src/parse.c after the last good night.
insert into repository (location, name) values ('/everyday', 'everyday');
insert into host (machine_key, name, facts) values ('everyday-q', 'everyday-quiet', '{}'), ('everyday-n', 'everyday-noisy', '{}');

insert into person (name, email) values ('Ada Everyday', 'ada@everyday.example'), ('Bob Everyday', 'bob@everyday.example');
insert into git_identity (repository_id, name, email, person_id)
select repository_id, person.name, person.email, person_id
from repository cross join person where repository.name = 'everyday' and person.email like '%@everyday.example';

insert into git_commit
  (commit_number, repository_id, commit_id, author_id, committer_id, author_identity_id, committer_identity_id, authored_at,
   committed_at, author_zone_minutes, committer_zone_minutes, parents, subject, body, trailers, signed, listing)
select 900000000 + place, repository_id, decode(repeat('e' || place, 20), 'hex'), person_id, person_id, identity_id, identity_id,
       now() - (10 - place) * interval '1 day', now() - (10 - place) * interval '1 day', 0, 0, '{}', subject, '', '{}', false,
       'listed'
from (values (1, 'ada', 'Begin'), (2, 'bob', 'Parse comments'), (3, 'ada', 'Parse strings'), (4, 'bob', 'Parse less'))
  as made (place, who, subject)
join git_identity on git_identity.email = who || '@everyday.example';

insert into git_change (commit_number, ordinal, kind, lines_added, lines_deleted, path)
select 900000000 + place, 0, 'M', 10, place, 'src/parse.c' from generate_series(1, 4) as place
union all
select 900000003, 1, 'A', 5, 0, 'README';

insert into run (run_id, pipeline, repository_id, host_id, head_commit, branch, state, started_at, finished_at, nightjar_version, settings)
select ('00000000-0000-7000-8000-' || lpad(host.host_id || lpad(day::text, 3, '0'), 12, '0'))::uuid, 'nightly', repository_id,
       host_id, decode(repeat('e' || case when day > 7 then 1 else 3 end, 20), 'hex'), 'main', 'completed',
       now() - day * interval '1 day', now() - day * interval '1 day' + interval '30 minutes', 'test', '{}'
from repository cross join host cross join generate_series(0, 9) as day
where repository.name = 'everyday' and host.name like 'everyday-%'
  and case host.name when 'everyday-quiet' then day not in (4, 5) else day < 4 end;

insert into benchmark (repository_id, name, metric, unit, direction)
select repository_id, made.name, 'time', 's', direction
from repository cross join (values ('parse', 'lower'), ('index', 'lower'), ('serve', 'higher')) as made (name, direction)
where repository.name = 'everyday';
insert into series (benchmark_id, host_id)
select benchmark_id, host_id from benchmark join repository using (repository_id) cross join host
where repository.name = 'everyday' and host.name like 'everyday-%';

insert into sample (run_id, series_id, ordinal, value, started_at, wall_nanos, run_queue_wait_nanos, steal_nanos)
select run_id, series_id, ordinal,
       case benchmark.name when 'index' then 1 else power(1.01::double precision, -extract(epoch from now() - run.started_at)::double precision / 86400) end
         * (1 + case host.name when 'everyday-quiet' then 0.01 else 0.1 end * (ordinal - 2.5) / 2.5),
       run.started_at, 1000000, case host.name when 'everyday-quiet' then 10000 else 50000 end,
       case host.name when 'everyday-quiet' then null else 20000 end
from run join repository using (repository_id) join host using (host_id) join series using (host_id)
join benchmark on benchmark.benchmark_id = series.benchmark_id and benchmark.repository_id = run.repository_id
cross join generate_series(0, 5) as ordinal
where repository.name = 'everyday';

insert into finding
  (finding_id, series_id, kind, found_by, since_run_id, since_commit, since_branch, since_started_at, good_run_id, good_commit,
   good_branch, good_started_at, compared_by, good_low, good_level, good_high, effect, cause)
select bad.run_id, series_id, 'regression', bad.run_id, bad.run_id, bad.head_commit, 'main', bad.started_at, good.run_id,
       good.head_commit, 'main', good.started_at, 'value', '{1}', '{1}', '{1}', 0.02, 'commits e1..e3'
from series join benchmark using (benchmark_id) join host using (host_id)
join run as bad on bad.host_id = host.host_id and bad.started_at = now() - interval '7 days'
join run as good on good.host_id = host.host_id and good.started_at = now() - interval '8 days'
where host.name = 'everyday-quiet' and benchmark.name = 'parse' and benchmark.repository_id = bad.repository_id
  and good.repository_id = bad.repository_id;
