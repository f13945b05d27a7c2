create table numbers (n bigint);
insert into numbers values (1);
