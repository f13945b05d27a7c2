-- What goes with a package, of each CI run that built one. number is the order in which they were built.
create table packaging_record (
  ci_run text primary key,
  number bigint not null unique,
  digest text not null,
  made text not null,
  definition text not null,
  provenance text not null,
  key_id text not null,
  evidence text not null,
  signed_at bigint not null
);
create index packaging_record_digest on packaging_record (digest, number);
