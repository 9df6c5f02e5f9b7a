-- What got worse, from the run that shows it first to its end. A finding holds all that later runs need of the past,
-- so it outlives the runs it came from: none of these is a foreign key.
create table finding (
  finding_id       uuid not null,
  series_id        bigint not null references series,
  kind             text not null check (kind in ('regression', 'drift')),
  found_by         uuid not null,
  since_run_id     uuid not null,
  since_commit     bytea,
  since_branch     text,
  since_started_at timestamptz not null,
  good_run_id      uuid not null,
  good_commit      bytea,
  good_branch      text,
  good_started_at  timestamptz not null,
  good_low         double precision[] not null,  -- one for each of the good runs, oldest first
  good_level       double precision[] not null,
  good_high        double precision[] not null,
  effect           double precision,
  effect_low       double precision,
  effect_high      double precision,
  cause            text not null,
  primary key (finding_id, series_id),  -- one run may be taken into two repositories
  check (cardinality(good_level) > 0 and cardinality(good_low) = cardinality(good_level)
         and cardinality(good_high) = cardinality(good_level))
);
create index finding_by_series on finding (series_id);
create index finding_by_run on finding (found_by);

-- The runs that a finding was open behind, the one that found it with them.
create table finding_seen (
  run_id     uuid not null references run on delete cascade,
  finding_id uuid not null,
  series_id  bigint not null,
  primary key (run_id, finding_id, series_id),
  foreign key (finding_id, series_id) references finding on delete cascade
);
create index finding_seen_by_finding on finding_seen (finding_id, series_id);

-- Ended by a run that measured it, for its commit and what comes after; or, without a run, by a person's word.
create table finding_end (
  finding_id uuid not null,
  series_id  bigint not null,
  run_id     uuid,
  state      text not null check (state in ('mended', 'unconfirmed', 'accepted')),
  ended_at   timestamptz not null,
  reason     text not null,
  unique nulls not distinct (finding_id, series_id, run_id),
  foreign key (finding_id, series_id) references finding on delete cascade
);
create index finding_end_by_run on finding_end (run_id);

alter table verdict drop constraint verdict_verdict_check;
alter table verdict add constraint verdict_verdict_check check (verdict in
  ('pass', 'improved', 'regressed', 'still regressed', 'inconclusive', 'new', 'missing', 'failed'));
