-- Programs that commit: by the mark that GitHub gives them, by an address or a last word 'bot', or by a name of those
-- that have neither. Wrong for a person whose last name is Bot.
create function is_bot(name text, email text) returns boolean
language sql immutable parallel safe
return lower(name) like '%[bot]' or lower(email) like '%[bot]@%'
    or name ~* '(^|[-_ .])bot$' or email ~* '^([^@]*[-_.+])?bot@'
    or lower(name) in ('dependabot', 'dependabot-preview', 'renovate', 'greenkeeper', 'github actions', 'github-actions',
                       'gitlab ci', 'pre-commit-ci', 'snyk', 'allcontributors', 'imgbot', 'pyup-bot', 'web-flow');

alter table person add column is_bot boolean not null generated always as (is_bot(name, email)) stored;

-- What pseudonyms of people are made with, so that nobody without it can tell by trying names.
create table pseudonym_secret (
  only_one boolean primary key default true check (only_one),
  secret   text not null
);
insert into pseudonym_secret (secret) values (gen_random_uuid()::text || gen_random_uuid()::text);

-- The files of the default branch, or of what is checked out where there is none, when it was last ingested.
create table git_head (
  repository_id bigint primary key references repository,
  tree          bytea not null
);

create table git_head_file (
  repository_id bigint not null references repository,
  path          text not null,
  blob          bytea not null,
  size_bytes    bigint,  -- null where the object is not there
  primary key (repository_id, path)
);

-- Its limit at 0 is 0. For the log-likelihood ratio of co_changes.
create function x_ln_x(x bigint) returns double precision
language sql immutable parallel safe
return case when x > 0 then x::double precision * ln(x::double precision) else 0 end;
