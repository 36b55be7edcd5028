-- Also one whose time is over, as long as nobody else has taken it.
UPDATE leases
SET lives_until = clock_timestamp() + $3 * interval '1 millisecond'
WHERE name = $1 AND fence = $2
RETURNING fence
