-- Those of jobs that are older than $1 milliseconds: their attempts are dropped, or soon will be.
DELETE FROM results
WHERE job < first_id(greatest(now() - $1 * interval '1 millisecond', timestamptz 'epoch'))
