insert into numbers values (2);
