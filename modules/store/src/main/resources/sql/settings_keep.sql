-- Keeps what an operator has said of a subject, and that he has; where something later is kept, that stays.
WITH said AS (
  SELECT * FROM unnest($5::text[], $6::text[], $7::text[]) AS said (name, value, configured)
), before AS (
  SELECT known.name, known.value
  FROM said JOIN settings AS known ON known.pool = $1 AND known.subject = $2 AND known.name = said.name
), kept AS (
  INSERT INTO settings AS known (pool, subject, name, value, version, changed_by)
  SELECT $1, $2, name, value, $3, $4 FROM said
  ON CONFLICT (pool, subject, name) DO UPDATE
  SET value = excluded.value, version = excluded.version, changed_by = excluded.changed_by,
      changed_at = clock_timestamp()
  WHERE known.version < excluded.version
  RETURNING name
)
INSERT INTO setting_changes (pool, subject, name, was, became, changed_by)
SELECT $1, $2, said.name, coalesce(before.value, said.configured), coalesce(said.value, said.configured), $4
FROM kept JOIN said ON said.name = kept.name LEFT JOIN before ON before.name = kept.name
WHERE coalesce(before.value, said.configured) <> coalesce(said.value, said.configured)
