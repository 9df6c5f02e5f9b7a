-- What a file counts as: by its path and .gitattributes, after the conventions of linguist.
alter table git_head_file
  add column kind             text not null default 'file' check (kind in ('file', 'executable', 'link', 'submodule')),
  add column language         text,
  add column is_generated     boolean not null default false,
  add column is_vendored      boolean not null default false,
  add column is_documentation boolean not null default false,
  add column lfs_bytes        bigint;  -- of the file that a pointer of git LFS stands for

-- No id of a tree, so that the next ingest lists all files again.
update git_head set tree = '';
