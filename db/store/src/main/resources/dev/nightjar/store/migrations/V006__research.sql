create table research_session (
  session_id uuid primary key,  -- UUIDv7
  run_id     uuid references run on delete cascade,
  started_at timestamptz not null
);

create table research_finding (
  session_id uuid not null references research_session on delete cascade,
  ordinal    int not null,
  question   text not null,
  finding    text not null,
  citations  jsonb not null default '[]',
  primary key (session_id, ordinal)
);
