-- One commit on its way to a package. number is the order in which they were queued.
create table ci_run (
  id text primary key,
  number bigint not null unique,
  project text not null,
  branch text not null,
  commit_id text not null,
  state text not null,
  queued_at bigint not null,
  started_at bigint,
  finished_at bigint,
  run_id text unique,
  package_digest text,
  definition text,
  tests text,
  pid bigint,
  pid_at bigint,
  refused_by text,
  because text
);
create index ci_run_project on ci_run (project, number);
create index ci_run_branch on ci_run (project, branch, state);

-- The checks of a CI run, in the order in which they began.
create table ci_check (
  ci_run text not null references ci_run (id),
  number bigint not null,
  name text not null,
  state text not null,
  summary text not null,
  evidence text not null,
  log text,
  started_at bigint not null,
  finished_at bigint,
  primary key (ci_run, name)
);

-- What passed. Equal content has one digest, whichever commits it was built from.
create table ci_package (
  ci_run text primary key references ci_run (id),
  number bigint not null,
  digest text not null,
  project text not null,
  branch text not null,
  commit_id text not null,
  definition text not null,
  tests text not null,
  requirements text not null,
  built_at bigint not null
);
create index ci_package_digest on ci_package (digest, number);
create index ci_package_project on ci_package (project, number);
