create table benchmark (
  benchmark_id  bigint generated always as identity primary key,
  repository_id bigint not null references repository,
  suite         text not null default '',  -- '' for a user's own
  name          text not null,
  metric        text not null,
  unit          text not null,
  direction     text not null check (direction in ('lower', 'higher')),
  unique (repository_id, suite, name, metric)
);

create table series (
  series_id    bigint generated always as identity primary key,
  benchmark_id bigint not null references benchmark,
  parameters   jsonb not null default '{}',
  device       text not null default 'cpu',
  host_id      bigint not null references host,
  unique (benchmark_id, parameters, device, host_id)
);

-- Every repetition. A reading that could not be taken is null, never zero.
create table sample (
  run_id               uuid not null references run on delete cascade,
  series_id            bigint not null references series,
  ordinal              int not null check (ordinal >= 0),
  value                double precision not null check (value = value and abs(value) < 'infinity'),
  started_at           timestamptz not null,
  wall_nanos           bigint not null check (wall_nanos >= 0),
  user_cpu_nanos       bigint,
  system_cpu_nanos     bigint,
  max_rss_bytes        bigint,
  minor_faults         bigint,
  major_faults         bigint,
  voluntary_switches   bigint,
  involuntary_switches bigint,
  run_queue_wait_nanos bigint,
  cpu_pressure_nanos   bigint,
  memory_pressure_nanos bigint,
  io_pressure_nanos    bigint,
  steal_nanos          bigint,
  throttled_nanos      bigint,
  primary key (run_id, series_id, ordinal)
);
create index sample_by_series on sample (series_id, started_at);

create table verdict (
  run_id          uuid not null references run on delete cascade,
  series_id       bigint not null references series,
  verdict         text not null check (verdict in
                    ('pass', 'improved', 'regressed', 'inconclusive', 'new', 'missing', 'failed')),
  effect          double precision,
  effect_low      double precision,
  effect_high     double precision,
  confidence      double precision,
  baseline        text,
  evidence        text not null,
  suspected_cause text,
  primary key (run_id, series_id)
);

create table acknowledgement (
  benchmark_id    bigint not null references benchmark,
  acknowledged_at timestamptz not null default now(),
  reason          text not null,
  expires_at      timestamptz,
  primary key (benchmark_id, acknowledged_at)
);

-- Benchmarks of a run that gave no sample, or not all of them, and why.
create table benchmark_failure (
  run_id uuid not null references run on delete cascade,
  suite  text not null default '',
  name   text not null,
  reason text not null,
  primary key (run_id, suite, name)
);
