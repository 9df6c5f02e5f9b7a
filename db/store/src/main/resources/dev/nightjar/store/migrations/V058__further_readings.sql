-- Readings by name of what has no column of its own, as numbers: a further indicator changes no table. Null when there is
-- none, which costs a row nothing.
alter table sample add column further_readings jsonb;
