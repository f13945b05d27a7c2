-- Servers that share this database. A run belongs to the server that claimed it, as long as that one's lease lasts.
create table server (
  id text primary key,
  host text not null,
  started_at bigint not null,
  lease_until bigint not null
);

-- Runs. generation grows with every claim: what a server writes that lost its run finds no row of its generation.
create table run (
  id text primary key,
  project text not null,
  purpose text not null,
  environment text,
  package_digest text not null,
  definition text not null,
  as_of bigint not null,
  sample bigint,
  reason text not null,
  priority bigint not null,
  parent text,
  resumes text,
  reproduces text,
  pinned bigint not null default 0,
  state text not null,
  outcome text,
  because text not null,
  cancel_because text,
  owner text,
  generation bigint not null,
  submitted_at bigint not null,
  started_at bigint,
  ended_at bigint
);
create index run_newest on run (submitted_at);
create index run_open on run (priority desc, submitted_at, id) where ended_at is null;
create index run_owner on run (owner) where owner is not null;
create index run_parent on run (parent) where parent is not null;

-- Steps of runs, and (item 0 and up) the items of steps that are fanned out; item -1 is the step itself.
create table step (
  run_id text not null,
  name text not null,
  item bigint not null,
  place bigint not null,
  state text not null,
  phase text not null,
  attempt bigint not null,
  failures bigint not null,
  losses bigint not null,
  not_before bigint,
  cache_key text,
  key_parts text,
  cached_from text,
  inputs text not null,
  outputs text not null,
  error text,
  log text,
  started_at bigint,
  ended_at bigint,
  primary key (run_id, name, item)
);

-- Attempts that began: who made them, where, and what became of them.
create table attempt (
  run_id text not null,
  name text not null,
  item bigint not null,
  number bigint not null,
  state text not null,
  server text not null,
  host text not null,
  jdk text not null,
  system text not null,
  executor text not null,
  pid bigint,
  process_start bigint,
  scratch text,
  error text,
  log text,
  started_at bigint not null,
  ended_at bigint,
  primary key (run_id, name, item, number)
);
create index attempt_open on attempt (server) where ended_at is null;

-- What steps reported, in the order in which they did.
create table metric (
  run_id text not null,
  step text not null,
  item bigint not null,
  place bigint not null,
  name text not null,
  position bigint not null,
  value double precision not null,
  primary key (run_id, step, item, place)
);

-- How each source of data stood for a run: all its steps see the same.
create table snapshot (
  run_id text not null,
  source text not null,
  artifact text not null,
  primary key (run_id, source)
);

-- Outputs by cache key; the metrics are those of the run that made them.
create table step_cache (
  cache_key text primary key,
  run_id text not null,
  step text not null,
  item bigint not null,
  outputs text not null,
  kept_at bigint not null
);

-- What happened to runs and steps and is to be told to an OpenLineage endpoint; step is '' for the run. Gone once it was told.
create table lineage_event (
  id text primary key,
  run_id text not null,
  step text not null,
  kind text not null,
  rank bigint not null,
  at bigint not null,
  claimed_until bigint not null
);
create index lineage_event_order on lineage_event (at, rank, id);

-- Which artifact went into which step and came out of which: lineage in both directions.
create table lineage (
  artifact text not null,
  run_id text not null,
  step text not null,
  item bigint not null,
  role text not null,
  name text not null,
  primary key (run_id, step, item, role, name)
);
create index lineage_artifact on lineage (artifact);
