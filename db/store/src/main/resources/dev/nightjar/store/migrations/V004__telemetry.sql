create table telemetry_metric (
  metric_id  bigint generated always as identity primary key,
  name       text not null,
  attributes text not null default '',
  unit       text not null,
  unique (name, attributes)
);

-- Readings, packed: a row holds those of one metric on one host within one minute of UTC.
--   gaps     milliseconds since the reading before, the first being 0; unsigned 16 bits in a signed type
--   small    differences of value * divisor to the reading before, the first to base, when all fit 16 bits,
--   wide     when all fit 32 bits,
--   raw      or the values themselves when they are not whole multiples of 1 / divisor.
-- Exactly one of the three is there. (base + sum of differences) / divisor gives back the very float8 that was read.
create table telemetry_minute (
  host_id    bigint not null,
  metric_id  bigint not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  divisor    double precision not null,
  base       bigint not null,
  gaps       int2[] not null,
  small      int2[],
  wide       int4[],
  raw        double precision[],
  check (num_nonnulls(small, wide, raw) = 1),
  primary key (host_id, started_at, metric_id)
) partition by range (started_at);

-- Compressed in the row: arrays of small differences shrink well, and a trip to a TOAST table costs more than it saves.
alter table telemetry_minute
  alter gaps set storage main, alter small set storage main, alter wide set storage main, alter raw set storage main;

-- Readings of minutes that are not over yet, several rows each; they move to telemetry_minute when it is over.
create table telemetry_recent (
  like telemetry_minute including defaults including constraints,
  primary key (host_id, started_at, metric_id)
);

-- What is left of a partition of telemetry_minute that was dropped.
create table telemetry_hour (
  host_id   bigint not null references host,
  metric_id bigint not null references telemetry_metric,
  hour_at   timestamptz not null,
  readings  bigint not null,
  minimum   double precision not null,
  mean      double precision not null,
  maximum   double precision not null,
  primary key (host_id, metric_id, hour_at)
);

create function telemetry_readings(
  started_at timestamptz, divisor double precision, base bigint,
  gaps int2[], small int2[], wide int4[], raw double precision[])
returns table (read_at timestamptz, value double precision)
language sql immutable parallel safe as $$
  select started_at + interval '1 millisecond' * sum(gap::int & 65535) over so_far,
         coalesce(raw_value, (base + sum(coalesce(small_step::int, wide_step)) over so_far)::double precision / divisor)
  from unnest(gaps, small, wide, raw) with ordinality as reading (gap, small_step, wide_step, raw_value, ordinal)
  window so_far as (order by ordinal)
$$;
