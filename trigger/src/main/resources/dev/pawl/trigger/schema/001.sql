-- What each environment runs, as the facts tell it.
create table deployed_pipeline (
  project text not null,
  environment text not null,
  package text not null,
  definition text not null,
  deployed_at bigint not null,
  primary key (project, environment)
);

-- What triggers go by. decisions counts them; changing it is how a decision holds the row.
-- last_*: the last run asked for; automatic_*: the last one asked for by itself.
-- rows_run, source_rows: how many rows each source had for that run.
create table trigger_state (
  project text not null,
  environment text not null,
  decisions bigint not null,
  event_time bigint,
  open_run text,
  last_run text,
  last_as_of bigint,
  last_chosen bigint not null,
  automatic_run text,
  automatic_as_of bigint,
  last_trigger text,
  last_reason text,
  schedule_since bigint not null,
  rows_run text,
  source_rows text,
  primary key (project, environment)
);
