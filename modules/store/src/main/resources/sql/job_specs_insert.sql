INSERT INTO job_specs (job, ref, spec)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])
