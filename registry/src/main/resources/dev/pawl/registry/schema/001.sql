-- One row for each model a production run has trained. The unique run makes handling its end twice harmless.
create table model_version (
  model text not null,
  number bigint not null,
  project text not null,
  environment text not null,
  run text not null unique,
  artifact text not null,
  holdout text not null,
  package text not null,
  definition text not null,
  as_of bigint not null,
  outputs text not null,
  state text not null,
  because text not null,
  created bigint not null,
  primary key (model, number)
);

-- champion: the version that answers; previous: the one it replaced, to which a rollback returns.
create table model_alias (
  model text not null,
  alias text not null,
  number bigint not null,
  primary key (model, alias)
);
