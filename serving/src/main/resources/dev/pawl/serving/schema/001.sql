create table serving_route (
  model text not null primary key,
  version bigint not null,
  artifact text not null,
  definition text not null,
  deployed_at bigint not null,
  previous_version bigint,
  previous_artifact text
);
