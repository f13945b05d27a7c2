-- Where the code of an experiment's run came from.
create table experiment (
  run text primary key,
  folder text not null,
  commit_id text,
  changes text,
  started_at bigint not null
);
