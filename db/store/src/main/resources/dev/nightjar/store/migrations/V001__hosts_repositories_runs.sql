-- Who ran what, where. Tables live in the schema nightjar and may change; the views in public are the contract.

-- What the schema was last brought to, so that an up-to-date one is recognised by one SELECT.
create table schema_stamp (
  only_one boolean primary key default true check (only_one),
  version  int not null,
  digest   text not null
);

-- How a host that uses this database runs queries with little power, where Nightjar could make a role for it.
create table reader_login (
  only_one boolean primary key default true check (only_one),
  role     text not null,
  password text not null
);

create table host (
  host_id       bigint generated always as identity primary key,
  machine_key   text not null unique,
  name          text not null,
  facts         jsonb not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at  timestamptz not null default now()
);

create table repository (
  repository_id  bigint generated always as identity primary key,
  location       text not null unique,  -- canonical path of the git directory that all its worktrees share
  name           text not null,
  object_format  text not null default 'sha1',
  default_branch text,
  created_at     timestamptz not null default now()
);

create table run (
  run_id           uuid primary key,  -- UUIDv7
  pipeline         text not null,
  repository_id    bigint not null references repository,
  host_id          bigint not null references host,
  head_commit      bytea,
  branch           text,
  state            text not null check (state in ('running', 'completed', 'failed', 'abandoned')),
  started_at       timestamptz not null,
  finished_at      timestamptz,
  nightjar_version text not null,
  settings         jsonb not null,
  check ((state = 'running') = (finished_at is null) or state = 'abandoned')
);
create index run_by_repository on run (repository_id, pipeline, started_at desc);

create table step (
  run_id      uuid not null references run on delete cascade,
  name        text not null,
  state       text not null check (state in ('running', 'completed', 'failed', 'skipped')),
  started_at  timestamptz not null,
  finished_at timestamptz,
  detail      text,
  primary key (run_id, name)
);

create table skip (
  run_id  uuid not null references run on delete cascade,
  step    text not null,
  subject text not null,
  reason  text not null,
  primary key (run_id, step, subject)
);
