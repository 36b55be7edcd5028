-- What became of every run that somebody waited for. Written once, in groups; read by time; dropped by days.
--
-- The id is a UUID of version 7: it begins with the time. So its primary key, to whose right end everything is added, is
-- the index on time too, answers newest first without sorting, and makes a group that is sent twice count once. A BRIN
-- index would be smaller, and could do neither.

CREATE TABLE runs (
  run uuid NOT NULL,
  waited_ms integer NOT NULL,
  took_ms integer NOT NULL,
  state smallint NOT NULL, -- 1 answered, 2 refused, 3 turned away, 4 gone, 5 crashed
  status smallint NOT NULL, -- of HTTP
  server_load smallint NOT NULL, -- runs on the last server when it was granted, this one included
  server_slots smallint NOT NULL,
  request text NOT NULL,
  tenant text NOT NULL,
  lane text NOT NULL,
  language text NOT NULL,
  node text NOT NULL,
  outcome text NOT NULL, -- Jobe's code, or a word
  doubt text NOT NULL,
  servers text[] NOT NULL, -- one for each attempt
  PRIMARY KEY (run)
) PARTITION BY RANGE (run);

-- Makes the partition of one day, in UTC, if it is missing. Attaching, unlike creating in place, stops no reader.
CREATE FUNCTION add_day(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  part text := 'runs' || to_char(day, '_YYYYMMDD');
BEGIN
  IF to_regclass(part) IS NULL THEN
    EXECUTE format('CREATE TABLE %I (LIKE runs INCLUDING ALL)', part);
    EXECUTE format('ALTER TABLE runs ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
      first_id(day::timestamp AT TIME ZONE 'UTC'), first_id((day + 1)::timestamp AT TIME ZONE 'UTC'));
  END IF;
END
$$;

CREATE FUNCTION drop_day(day date) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP TABLE IF EXISTS %I', 'runs' || to_char(day, '_YYYYMMDD'));
  RETURN true;
END
$$;
