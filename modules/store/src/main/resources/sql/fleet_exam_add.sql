INSERT INTO fleet_exam (id, name, starts_at, ends_at, students, told_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO NOTHING
RETURNING id
