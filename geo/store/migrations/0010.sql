-- 0010.sql - the day by which an alliance is to be closed, as its agreement or plan says.

ALTER TABLE alianzas ADD COLUMN fecha_conclusion_prevista TEXT;
