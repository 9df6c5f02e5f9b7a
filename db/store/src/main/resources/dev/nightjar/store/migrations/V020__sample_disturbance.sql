-- Samples that something disturbed: how far they are believed, and what it was. All others are believed in full.
create table sample_disturbance (
  run_id    uuid not null,
  series_id bigint not null,
  ordinal   int not null,
  weight    double precision not null check (weight > 0 and weight < 1),
  causes    text not null,
  primary key (run_id, series_id, ordinal),
  foreign key (run_id, series_id, ordinal) references sample on delete cascade
);
