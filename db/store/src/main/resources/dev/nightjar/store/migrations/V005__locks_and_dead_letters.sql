-- One row a named lock. Holding it is a session's advisory lock; the token grows with every acquisition, so that a
-- writer whose lock was lost is told from its successor.
create table lock (
  name        text primary key,
  token       bigint not null,
  owner       text not null,
  acquired_at timestamptz not null
);

create table dead_letter (
  dead_letter_id bigint generated always as identity primary key,
  run_id         uuid references run on delete set null,
  route          text not null,
  subject        text not null,
  payload        text not null,
  error          text not null,
  occurred_at    timestamptz not null default now(),
  unique nulls not distinct (run_id, route, subject)
);
