-- Takes a lease that nobody holds, or whose time is over. No answer: somebody else holds it.
INSERT INTO leases AS known (name, holder, fence, lives_until)
VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
ON CONFLICT (name) DO UPDATE
SET holder = excluded.holder, fence = known.fence + 1, lives_until = excluded.lives_until
WHERE known.lives_until <= clock_timestamp()
RETURNING fence
