-- Backfills: runs of a deployed pipeline over a range of event time. Changing revision is how a decision holds the row.
create table backfill (
  id text primary key,
  project text not null,
  environment text not null,
  package text not null,
  definition text not null,
  deployed_at bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  every bigint not null,
  parallel bigint not null,
  reason text not null,
  state text not null,
  revision bigint not null,
  created_at bigint not null,
  ended_at bigint
);
create index backfill_project on backfill (project, created_at);

-- Their moments; run is the last one handed in for it, tries how many were.
create table backfill_run (
  backfill text not null references backfill (id),
  place bigint not null,
  as_of bigint not null,
  state text not null,
  run text unique,
  tries bigint not null,
  because text,
  primary key (backfill, place)
);
create index backfill_run_state on backfill_run (backfill, state, place);
