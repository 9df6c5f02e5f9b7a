-- A result file tells of one series that it failed, not of all of its name; null is all of them.
alter table benchmark_failure add column parameters jsonb;
alter table benchmark_failure drop constraint benchmark_failure_pkey;
alter table benchmark_failure
  add constraint benchmark_failure_key unique nulls not distinct (run_id, suite, name, parameters);
