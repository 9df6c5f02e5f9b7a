create table person (
  person_id bigint generated always as identity primary key,
  name      text not null,  -- after .mailmap
  email     text not null,
  unique (name, email)
);

-- A person as commits have it. When .mailmap changes, person_id here and in git_commit follow.
create table git_identity (
  identity_id   bigint generated always as identity primary key,
  repository_id bigint not null references repository,
  name          text not null,
  email         text not null,
  person_id     bigint not null references person,
  unique (repository_id, name, email)
);

-- Commits are numbered as they come in, so that the large tables grow at their end. Writers take the numbers in blocks.
create sequence git_commit_number increment by 10000;

-- "commit" is a word of SQL, so the table says whose commit it is.
create table git_commit (
  commit_number         bigint primary key,
  repository_id         bigint not null references repository,
  commit_id             bytea not null,
  author_id             bigint not null references person,
  committer_id          bigint not null references person,
  author_identity_id    bigint not null references git_identity,
  committer_identity_id bigint not null references git_identity,
  authored_at           timestamptz,  -- null where the commit has no time that a calendar can hold
  committed_at          timestamptz,
  author_zone_minutes   smallint not null,
  committer_zone_minutes smallint not null,
  parents               bytea[] not null,
  subject               text not null,
  body                  text not null,
  message_bytes         bytea,  -- the whole message where it is not valid text
  trailers              text[] not null,  -- 'key: value'
  signed                boolean not null,
  listing               text not null check (listing in ('listed', 'merge', 'shallow', 'unreadable')),
  unreachable_since     timestamptz,  -- no ref leads to it any more
  unique (repository_id, commit_id)
);
create index git_commit_by_time on git_commit (repository_id, committed_at desc);

-- A count that cannot be known (binary, submodule, missing blob) is null.
create table git_change (
  commit_number      bigint not null,  -- of git_commit; written in the same transaction
  ordinal            int not null,
  kind               "char" not null check (kind in ('A', 'M', 'D', 'R', 'C', 'T')),
  similarity_percent smallint,
  lines_added        int,
  lines_deleted      int,
  path               text not null,
  old_path           text,
  path_bytes         bytea,  -- the path itself where it is not valid UTF-8
  old_path_bytes     bytea,
  primary key (commit_number, ordinal)
);

create view file_change as
select c.repository_id, c.commit_id, f.path, f.old_path,
       case f.kind when 'A' then 'added' when 'M' then 'modified' when 'D' then 'deleted' when 'R' then 'renamed'
                   when 'C' then 'copied' else 'type_changed' end as kind,
       f.lines_added, f.lines_deleted, f.similarity_percent, f.commit_number, f.ordinal, f.path_bytes, f.old_path_bytes
  from git_change f join git_commit c using (commit_number);

create table git_ref (
  repository_id bigint not null references repository,
  name          text not null,
  target        bytea not null,  -- the tag object of an annotated tag
  commit_id     bytea,           -- the commit behind it, if there is one
  kind          text not null check (kind in ('branch', 'remote_branch', 'tag', 'head', 'other')),
  seen_at       timestamptz not null default now(),
  primary key (repository_id, name)
);

-- Every value a ref was seen to have. new_target is null when it was deleted, old_target when it was new.
create table git_ref_movement (
  movement_id   bigint generated always as identity primary key,
  repository_id bigint not null references repository,
  name          text not null,
  old_target    bytea,
  new_target    bytea,
  forced        boolean not null default false,  -- the new commit does not descend from the old one
  seen_at       timestamptz not null default now()
);
create index git_ref_movement_by_ref on git_ref_movement (repository_id, name, movement_id);

-- What of a repository is stored. While an ingest is under way complete is false, and only commits numbered up to
-- closed_through are known to have their whole history stored.
create table git_watermark (
  repository_id  bigint not null references repository,
  tips           bytea[] not null,
  complete       boolean not null default false,
  closed_through bigint not null default 0,
  first_parent   boolean not null default false,
  mailmap_digest bytea,
  ingested_at    timestamptz not null default now(),
  primary key (repository_id)
);
