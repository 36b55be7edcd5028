-- What came of try $2: arrived ($3 = 1), given up (2), or (0) tried again in $4 milliseconds unless its time is over then.
UPDATE deliveries
SET state = CASE WHEN $3 = 0 AND clock_timestamp() + $4 * interval '1 millisecond' > until THEN 2 ELSE $3 END,
    due_at = clock_timestamp() + $4 * interval '1 millisecond',
    status = $5,
    reason = $6
WHERE id = $1 AND tries = $2 AND state = 0
RETURNING state
