-- Whether a movement left commits behind. Null where it cannot be known: HEAD goes where the person goes, and a commit
-- that is not stored has no known ancestors.
alter table git_ref_movement alter column forced drop not null, alter column forced drop default;

create index git_commit_unreachable on git_commit (repository_id) where unreachable_since is not null;
create index git_commit_at_border on git_commit (repository_id) where listing = 'shallow';

-- Commits that stored ones name as parents and that could not be read: each ingest tries them again.
create table git_gap (
  repository_id bigint not null references repository,
  commit_id     bytea not null,
  seen_at       timestamptz not null default now(),
  primary key (repository_id, commit_id)
);
