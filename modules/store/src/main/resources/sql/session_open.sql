INSERT INTO sessions (node, lives_until)
VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
RETURNING id
