create table telemetry_metric (
  metric_id  bigint generated always as identity primary key,
  name       text not null,
  attributes text not null default '',
  unit       text not null,
  unique (name, attributes)
);
