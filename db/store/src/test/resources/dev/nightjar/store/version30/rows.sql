-- Two repositories, a kind of machine that was watched, one that was not, and one that another tool names.
insert into host (machine_key, name, facts, first_seen_at, last_seen_at)
overriding system value values
  ('00112233445566778899aabbccddeeff', 'runner-7', '{"host.arch": "amd64"}', '2026-10-01 00:00Z', '2026-11-02 03:00Z'),
  ('ffeeddccbbaa99887766554433221100', 'laptop', '{}', '2026-10-01 00:00Z', '2026-10-05 00:00Z'),
  ('imported: asv: old', 'asv: old', '{}', '2026-10-01 00:00Z', '2026-10-05 00:00Z');

insert into repository (location, name, default_branch) values
  ('/src/one/.git', 'one', 'main'), ('/src/two/.git', 'two', null);

insert into run (run_id, pipeline, repository_id, host_id, head_commit, branch, state, started_at, finished_at,
                 nightjar_version, settings)
values
  ('01900000-0000-7000-8000-000000000001', 'nightly', 1, 1, '\x0102', 'main', 'completed',
   '2026-11-01 02:00Z', '2026-11-01 02:10Z', '0.1', '{}'),
  ('01900000-0000-7000-8000-000000000002', 'nightly', 1, 1, '\x0103', 'main', 'completed',
   '2026-11-02 02:00Z', '2026-11-02 02:10Z', '0.1', '{}'),
  ('01900000-0000-7000-8000-000000000003', 'nightly', 2, 2, null, null, 'failed',
   '2026-11-02 02:00Z', '2026-11-02 02:10Z', '0.1', '{}'),
  ('01900000-0000-7000-8000-000000000004', 'import', 1, 3, null, null, 'running', '2025-01-01 00:00Z', null, '0.1', '{}');

insert into benchmark (repository_id, name, metric, unit, direction) values
  (1, 'parser', 'time', 's', 'lower'), (2, 'lexer', 'time', 's', 'lower');
insert into series (benchmark_id, host_id) values (1, 1), (2, 2), (1, 3);
insert into series (benchmark_id, host_id, device) values (1, 1, 'gpu0');

insert into sample (run_id, series_id, ordinal, value, started_at, wall_nanos, steal_nanos)
select ('01900000-0000-7000-8000-00000000000' || run)::uuid, case run when 3 then 2 else 1 end, ordinal,
       run + ordinal / 10.0, '2026-11-02 02:00Z'::timestamptz + ordinal * interval '1 second', 900000000, ordinal * 1000
from generate_series(1, 3) as run, generate_series(0, 9) as ordinal;
insert into sample_disturbance values ('01900000-0000-7000-8000-000000000002', 1, 3, 0.25, 'steal');
insert into verdict (run_id, series_id, verdict, effect, evidence) values
  ('01900000-0000-7000-8000-000000000002', 1, 'regressed', 0.5, 'ten of ten');
insert into skip values ('01900000-0000-7000-8000-000000000002', 'bench', 'links', 'one NUMA node');

insert into telemetry_metric (name, attributes, unit) values
  ('system.cpu.time', 'cpu.mode=steal', 's'), ('nightjar.load', '', '1');
create table telemetry_minute_20261102 partition of telemetry_minute
  for values from ('2026-11-02 00:00Z') to ('2026-11-09 00:00Z');
insert into telemetry_minute (host_id, metric_id, started_at, ended_at, divisor, base, gaps, small) values
  (1, 1, '2026-11-02 02:00:01Z', '2026-11-02 02:00:04Z', 100, 500, '{0,1000,1000,1000}', '{0,7,9,11}'),
  (2, 1, '2026-11-02 02:00:01Z', '2026-11-02 02:00:02Z', 100, 900, '{0,1000}', '{0,1}');
insert into telemetry_recent (host_id, metric_id, started_at, ended_at, divisor, base, gaps, raw) values
  (1, 2, '2026-11-02 02:01:01Z', '2026-11-02 02:01:02Z', 1, 0, '{0,1000}', '{0.25,0.75}');
insert into telemetry_hour values (1, 1, '2026-10-01 02:00Z', 36000, 1, 2, 3);

insert into dead_letter (run_id, route, subject, payload, error) values
  ('01900000-0000-7000-8000-000000000003', 'git', 'abc', 'abc', 'unreadable');
insert into schema_stamp (version, digest) values (30, 'of version 30');
