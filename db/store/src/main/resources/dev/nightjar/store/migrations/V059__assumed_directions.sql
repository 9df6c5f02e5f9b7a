-- Series of a run of which nobody says which way is better: their direction is a default.
create table assumed_direction (
  run_id    uuid not null references run on delete cascade,
  series_id bigint not null references series,
  primary key (run_id, series_id)
);
