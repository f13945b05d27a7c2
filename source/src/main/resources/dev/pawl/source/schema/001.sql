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

-- Where the code of a project comes from, if from elsewhere. asked grows with every wish for a fetch: one that began before does
-- not fulfil it. next_fetch_at is null while a fetch is under way, and where nobody polls.
create table source_remote (
  project text primary key,
  settings text not null,
  asked bigint not null,
  failures bigint not null,
  next_fetch_at bigint,
  fetched_at bigint,
  trouble text,
  connected_at bigint not null
);

-- What the host of the code is to be told of a commit. number grows with every change; told is the number that it knows.
create table source_status (
  project text not null,
  commit_id text not null,
  state text not null,
  description text not null,
  ci_run text,
  number bigint not null,
  told bigint not null,
  attempts bigint not null,
  trouble text,
  primary key (project, commit_id)
);

-- Branches with rules of their own; a star in the pattern stands for any text.
create table source_protection (
  project text not null,
  pattern text not null,
  review bigint not null,
  primary key (project, pattern)
);

-- How many reviewers a merge takes, where that is not one.
create table source_review_rule (
  project text primary key,
  approvals bigint not null,
  alone bigint not null
);

-- The newest word of CI on a commit.
create table source_verdict (
  project text not null,
  commit_id text not null,
  passed bigint not null,
  because text not null,
  ci_run text not null,
  primary key (project, commit_id)
);

-- One row: locked while a proposal gets its number.
create table source_proposal_number (
  next bigint not null
);
insert into source_proposal_number (next) values (1);

-- expected and result are of the merge that is under way or done: the target's commit before and after.
create table source_proposal (
  id text primary key,
  number bigint not null unique,
  project text not null,
  branch text not null,
  target text not null,
  title text not null,
  author text not null,
  head text not null,
  state text not null,
  created_at bigint not null,
  expected text,
  result text,
  merged_by text,
  merged_at bigint
);
create index source_proposal_project on source_proposal (project, number);
create index source_proposal_state on source_proposal (state, project, branch);

-- The newest word of each reviewer, and the head that it is about.
create table source_review (
  proposal text not null references source_proposal (id),
  reviewer text not null,
  verdict text not null,
  head text not null,
  message text not null,
  at bigint not null,
  primary key (proposal, reviewer)
);
