-- What came of trials of steps, by a digest of all that it depends on.
create table ci_trial (
  id text primary key,
  outcome text not null,
  made_at bigint not null
);
create index ci_trial_made on ci_trial (made_at);
