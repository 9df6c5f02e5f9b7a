-- A host is a kind of machine: equal machine keys mean that results may be compared. What is read again and again belongs
-- to one machine of the kind, from one boot to the next, as two of them count for themselves.
create table machine (
  machine_id    bigint generated always as identity primary key,
  host_id       bigint not null references host,
  boot_id       text,  -- null for all machines of the kind together, as they were kept before they were told apart
  name          text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  unique nulls not distinct (host_id, boot_id, name)
);

-- What is stored already keeps its number, so that no packed row is written again.
insert into machine (machine_id, host_id, boot_id, name, first_seen_at, last_seen_at)
overriding system value
select host_id, host_id, null, name, first_seen_at, last_seen_at
from host
where exists (select from telemetry_minute where telemetry_minute.host_id = host.host_id)
   or exists (select from telemetry_recent where telemetry_recent.host_id = host.host_id)
   or exists (select from telemetry_hour where telemetry_hour.host_id = host.host_id);

select setval(pg_get_serial_sequence('machine', 'machine_id'), coalesce(max(machine_id), 0) + 1, false) from machine;

alter table telemetry_minute rename column host_id to machine_id;
alter table telemetry_recent rename column host_id to machine_id;
alter table telemetry_hour rename column host_id to machine_id;
alter table telemetry_hour drop constraint telemetry_hour_host_id_fkey;
alter table telemetry_hour add foreign key (machine_id) references machine;

-- The machines that a run was made on: a resumed one may go on after a boot, or on another machine of the kind. Each
-- holds from its begin until its end or the next begin.
create table run_machine (
  run_id     uuid not null references run on delete cascade,
  began_at   timestamptz not null,
  ended_at   timestamptz,  -- when the machine was no longer watched for the run; null while it is
  machine_id bigint not null references machine,
  primary key (run_id, began_at)
);

insert into run_machine (run_id, began_at, ended_at, machine_id)
select run_id, started_at, finished_at, host_id from run where host_id in (select machine_id from machine);
