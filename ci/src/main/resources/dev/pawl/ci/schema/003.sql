-- A CI run may make some checks only, or take over those that passed in an earlier one; without a scope it makes all.
-- content is what its verdict depends on, known once it is checked out.
alter table ci_run add column scope text;
alter table ci_run add column content text;
create index ci_run_content on ci_run (project, content);

-- Every test of the newest runs, in the order of the reports.
create table ci_test (
  ci_run text not null references ci_run (id),
  check_name text not null,
  number bigint not null,
  suite text not null,
  name text not null,
  outcome text not null,
  seconds double precision not null,
  primary key (ci_run, check_name, number)
);

-- What came of trials of steps, by a digest of all that it depends on.
create table ci_trial (
  id text primary key,
  outcome text not null,
  made_at bigint not null
);
create index ci_trial_made on ci_trial (made_at);
