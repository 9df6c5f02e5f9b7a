create table person (
  person_id bigint generated always as identity primary key,
  name      text not null,  -- after .mailmap
  email     text not null,
  unique (name, email)
);

-- "commit" is a word of SQL, so the table says whose commit it is.
create table git_commit (
  repository_id bigint not null references repository,
  commit_id     bytea not null,
  author_id     bigint not null references person,
  committer_id  bigint not null references person,
  authored_at   timestamptz not null,
  committed_at  timestamptz not null,
  parents       bytea[] not null,
  subject       text not null,
  body          text not null,
  primary key (repository_id, commit_id)
);
create index git_commit_by_time on git_commit (repository_id, committed_at desc);

-- A count that cannot be known (binary, submodule, missing blob) is null.
create table file_change (
  repository_id bigint not null,
  commit_id     bytea not null,
  path          text not null,
  old_path      text,
  kind          text not null check (kind in ('added', 'modified', 'deleted', 'renamed', 'copied', 'type_changed')),
  lines_added   int,
  lines_deleted int,
  primary key (repository_id, commit_id, path)
);

create table git_ref (
  repository_id bigint not null references repository,
  name          text not null,
  target        bytea not null,
  kind          text not null check (kind in ('branch', 'remote_branch', 'tag', 'head', 'other')),
  seen_at       timestamptz not null default now(),
  primary key (repository_id, name)
);

-- What of a repository is stored: the ref tips whose whole history is in.
create table git_watermark (
  repository_id bigint not null references repository,
  tips          bytea[] not null,
  ingested_at   timestamptz not null default now(),
  primary key (repository_id)
);
