INSERT INTO jobs (id, language, cost_ms)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::integer[])
