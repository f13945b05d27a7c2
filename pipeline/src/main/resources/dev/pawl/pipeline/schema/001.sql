-- Runs and their steps: what the orchestrator knows. changes is raised first in every change, which locks the run.
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
  state text not null,
  because text not null,
  changes bigint not null,
  submitted_at bigint not null,
  ended_at bigint
);
create index run_newest on run (submitted_at);
create table step (
  run_id text not null,
  name text not null,
  place bigint not null,
  state text not null,
  attempt bigint not null,
  cache_key text,
  key_parts text,
  cached_from text,
  inputs text not null,
  outputs text not null,
  error text,
  log text,
  pid bigint,
  process_start bigint,
  scratch text,
  started_at bigint,
  ended_at bigint,
  primary key (run_id, name)
);
create index step_state on step (state);

-- What steps reported, in the order in which they did.
create table metric (
  run_id text not null,
  step text not null,
  place bigint not null,
  name text not null,
  position bigint not null,
  value double precision not null,
  primary key (run_id, step, place)
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
  outputs text not null,
  kept_at bigint not null
);
