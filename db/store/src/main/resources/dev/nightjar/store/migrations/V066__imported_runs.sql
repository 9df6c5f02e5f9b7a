-- A run that was taken in from another tool or its files ended where its last sample did, and not when it was taken in.
update run
set finished_at = greatest(
  started_at,
  (select max(sample.started_at + make_interval(secs => sample.wall_nanos / 1e9))
   from sample
   where sample.run_id = run.run_id))
where state = 'completed' and pipeline in ('import', 'results');
