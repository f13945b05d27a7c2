-- Every answered prediction. The index is what closing a window and paging read along.
create table prediction (
  id text primary key,
  model text not null,
  version bigint not null,
  event_time bigint not null,
  inputs text not null,
  outputs text not null,
  value double precision not null,
  logged_at bigint not null
);
create index prediction_window on prediction (model, version, event_time, id);

-- What really happened.
create table label (
  prediction text primary key,
  value double precision not null,
  known_at bigint not null,
  posted_at bigint not null
);

-- Counts, so that nobody has to count rows. origin: the event time its windows are aligned to, fixed by the first that closes.
create table traffic (
  model text not null,
  version bigint not null,
  predictions bigint not null,
  labels bigint not null,
  origin bigint,
  fixed bigint not null,
  primary key (model, version)
);

-- How far a model's labels have come in event time. Its row is also the lock under which windows close.
create table watermark (
  model text primary key,
  at bigint not null
);

-- What is known of a version, from facts and from its held-out rows. open: it may have windows that are not closed.
create table watch (
  model text not null,
  version bigint not null,
  project text not null,
  environment text not null,
  of_decay bigint not null,
  state text not null,
  as_of bigint not null,
  plan text,
  error_limit text,
  trouble text,
  next_from bigint,
  open bigint not null,
  rejected bigint not null,
  judged bigint not null,
  asked bigint not null,
  primary key (model, version)
);

-- Runs that were requested because of decay.
create table decay_run (
  run text primary key
);

create table live_window (
  model text not null,
  version bigint not null,
  opens bigint not null,
  closes bigint not null,
  closed_at bigint not null,
  state text not null,
  metric text not null,
  value double precision,
  error_limit double precision,
  predictions bigint not null,
  labels bigint not null,
  primary key (model, version, opens)
);
create index live_window_newest on live_window (model, closes);
