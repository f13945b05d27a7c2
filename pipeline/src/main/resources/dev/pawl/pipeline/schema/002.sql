-- Events are told in the order in which they were written, by one server at a time.
create table lineage_waiting (
  position bigint primary key,
  run_id text not null,
  step text not null,
  kind text not null,
  at bigint not null
);
insert into lineage_waiting (position, run_id, step, kind, at)
select row_number() over (order by at, rank, id), run_id, step, kind, at from lineage_event;
drop table lineage_event;
alter table lineage_waiting rename to lineage_event;

-- One row: the newest position, and which server tells of events at the moment.
create table lineage_outbox (
  last_position bigint not null,
  sender text not null,
  sender_until bigint not null
);
insert into lineage_outbox (last_position, sender, sender_until)
select coalesce(max(position), 0), '', 0 from lineage_event;

-- Lineage asks what was taken from a run, and which runs saw an artifact as data.
create index step_cached_from on step (cached_from, item) where cached_from is not null;
create index snapshot_artifact on snapshot (artifact);
