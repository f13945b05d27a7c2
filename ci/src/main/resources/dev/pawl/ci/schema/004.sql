-- One row: locked while a CI run gets its number, which no two may have.
create table ci_run_number (
  last bigint not null
);
insert into ci_run_number (last) select coalesce(max(number), 0) from ci_run;
