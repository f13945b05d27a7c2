-- The runs that checks wait for, in the order in which they were handed in.
create table ci_check_run (
  run_id text primary key,
  ci_run text not null references ci_run (id),
  number bigint not null,
  check_name text not null,
  label text not null,
  outcome text,
  because text not null default ''
);
create index ci_check_run_of on ci_check_run (ci_run, number);
insert into ci_check_run (run_id, ci_run, number, check_name, label)
  select run_id, id, 1, 'integration', '' from ci_run where run_id is not null;
