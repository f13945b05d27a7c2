-- What the ledger knows of every branch that is hosted here.
create table source_repository (
  project text primary key
);
create table source_branch (
  project text not null,
  branch text not null,
  commit_id text not null,
  primary key (project, branch)
);
