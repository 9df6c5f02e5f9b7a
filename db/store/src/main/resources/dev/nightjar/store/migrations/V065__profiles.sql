-- Where two versions of a benchmark's program differ in cost, as a profiler has it.
create table profile (
  run_id      uuid not null references run on delete cascade,
  benchmark   text not null,
  profiler    text not null check (profiler in ('callgrind', 'jfr', 'perf')),
  base_commit text,
  before      double precision not null,
  after       double precision not null,
  explanation text,    -- which function did it, as a clause; null where none is named
  named       int,     -- its ordinal among the functions
  file        text,    -- its place in the repository, where the commits changed it
  line        int,
  notes       jsonb not null default '[]',
  flame       jsonb not null,  -- [name, before, after, [children]]
  primary key (run_id, benchmark)
);

-- The functions of a profile that differ most, the one that explains most first.
create table profile_function (
  run_id           uuid not null,
  benchmark        text not null,
  ordinal          int not null,
  name             text not null,
  object           text not null,
  file             text,
  first_line       int,
  last_line        int,
  self_before      double precision not null,
  self_after       double precision not null,
  inclusive_before double precision not null,
  inclusive_after  double precision not null,
  share            double precision not null,
  confidence       double precision,
  primary key (run_id, benchmark, ordinal),
  foreign key (run_id, benchmark) references profile on delete cascade
);
