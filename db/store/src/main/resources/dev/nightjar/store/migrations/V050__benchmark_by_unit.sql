-- Values of another unit are another series: kept as one, those that were stored before were read in the new unit.
alter table benchmark drop constraint benchmark_repository_id_suite_name_metric_key;
alter table benchmark add unique (repository_id, suite, name, metric, unit);
