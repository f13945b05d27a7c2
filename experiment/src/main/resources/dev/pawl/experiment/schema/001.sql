-- Where the code of an experiment's run came from, and what it had otherwise than its working copy (JSON).
create table experiment (
  run text primary key,
  folder text not null,
  commit_id text,
  changes text,
  variation text not null,
  started_at bigint not null
);

-- Sweeps that were started: what is searched, in which code. The search itself is in the definition.
create table sweep (
  id text primary key,
  name text not null,
  project text not null,
  folder text not null,
  commit_id text,
  changes text,
  package_digest text not null,
  definition text not null,
  as_of bigint not null,
  trials bigint not null,
  state text not null,
  steps bigint not null,
  started_at bigint not null,
  ended_at bigint
);
create index sweep_newest on sweep (started_at);

-- Trials of sweeps: one row for each round that a trial runs in, with the last of its runs there.
create table trial (
  sweep text not null,
  number bigint not null,
  round bigint not null,
  parameters text not null,
  run text not null,
  state text not null,
  value double precision,
  because text not null,
  started_at bigint not null,
  ended_at bigint,
  primary key (sweep, round, number)
);
create unique index trial_run on trial (run);
