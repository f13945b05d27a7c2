-- What must change one at a time, an environment or a model: touched first in every transaction that changes it.
create table delivery_turn (
  name text primary key,
  revision bigint not null
);

-- Stage 3. Packages as pipeline CI told of them, and every attempt to put one into an environment, refused ones too.
create table delivery_package (
  project text not null,
  package text not null,
  branch text not null,
  commit_id text not null,
  definition text not null,
  position bigint not null,
  built_at bigint not null,
  primary key (project, package)
);
create table delivery_deployment (
  project text not null,
  environment text not null,
  number bigint not null,
  package text not null,
  commit_id text not null,
  definition text not null,
  outcome text not null,
  because text not null,
  deployed_by text not null,
  checks text not null,
  at bigint not null,
  primary key (project, environment, number)
);

-- Stage 5. What production runs gave, versions on their way through the gates, the verdicts, and the champions in turn.
create table delivery_run (
  run text primary key,
  outputs text not null
);
create table delivery_challenger (
  model text not null,
  version bigint not null,
  project text not null,
  environment text not null,
  artifact text not null,
  run text not null,
  definition text not null,
  as_of bigint not null,
  state text not null,
  compared_with bigint,
  features text not null,
  registered_at bigint not null,
  decided_at bigint,
  primary key (model, version)
);
create table delivery_verdict (
  model text not null,
  version bigint not null,
  place bigint not null,
  gate text not null,
  verdict text not null,
  summary text not null,
  evidence text not null,
  began bigint,
  ended bigint,
  primary key (model, version, gate)
);
create table delivery_champion (
  model text not null,
  number bigint not null,
  version bigint not null,
  falls_back_to bigint,
  because text not null,
  since bigint not null,
  until_at bigint,
  primary key (model, number)
);
