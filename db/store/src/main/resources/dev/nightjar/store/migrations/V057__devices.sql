-- What benchmarks ran on. The label is what series, run files and people call it; a result file's own name for a device
-- is all that is known of it. See dev.nightjar.model.Device.
create table device (
  label text primary key,
  kind  text not null,
  slot  int,            -- among the host's devices of this kind; null where it has no place
  model text not null   -- '' for the processors
);

insert into device (label, kind, model) values ('cpu', 'cpu', '');
insert into device (label, kind, model)
select distinct device, 'other', device from series where device <> 'cpu';

alter table series add constraint series_device foreign key (device) references device;

-- A suite may fail on one device only; null is any. The device need not have given a value, so it may have no row.
alter table benchmark_failure add column device text;
alter table benchmark_failure drop constraint benchmark_failure_key;
alter table benchmark_failure
  add constraint benchmark_failure_key unique nulls not distinct (run_id, suite, name, parameters, device);
