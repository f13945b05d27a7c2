-- Where the code of an experiment's run came from, and what it had otherwise than its working copy (JSON).
create table experiment (
  run text primary key,
  folder text not null,
  commit_id text,
  changes text,
  variation text not null,
  started_at bigint not null
);
