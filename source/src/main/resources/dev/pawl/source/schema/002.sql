-- Whether code of commits that nobody reviewed runs in containers only.
alter table source_review_rule add column contained bigint not null default 0;
