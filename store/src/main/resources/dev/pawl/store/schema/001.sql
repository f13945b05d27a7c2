-- The ledger: what has happened, in order. ledger_head serialises appends, so that positions commit in order.
create table fact (
  position bigint primary key,
  at bigint not null,
  project text not null,
  type text not null,
  body text not null
);
create index fact_type on fact (type, position);
create table ledger_head (
  id bigint primary key,
  position bigint not null
);
insert into ledger_head values (1, 0);
create table ledger_cursor (
  reader text primary key,
  position bigint not null
);

-- Jobs: work outside of transactions, leased to one server at a time.
create table job (
  id text primary key,
  queue text not null,
  key text not null,
  payload text not null,
  state text not null,
  attempt bigint not null,
  failures bigint not null,
  generation bigint not null,
  owner text,
  not_before bigint not null,
  lease_until bigint not null,
  error text,
  unique (queue, key)
);
create index job_ready on job (queue, state, not_before);

-- Which folder of artifacts belongs to this database: the folder says the same name.
create table artifact_folder (
  one bigint primary key,
  name text not null
);
