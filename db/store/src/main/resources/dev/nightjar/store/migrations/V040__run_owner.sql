-- Where a run works and which process began it: a host goes on with its own runs, and leaves those of others alone.
-- A run that was taken in from elsewhere, or began before this table was there, has no row.
create table run_owner (
  run_id    uuid primary key references run on delete cascade,
  location  text not null,
  host_name text not null,
  boot_id   text not null,
  process   text not null,
  begun     bigint generated always as identity,  -- the order in which runs began, whatever a host's clock did
  owned_at  timestamptz not null default now()
);
