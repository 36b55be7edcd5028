UPDATE fleet_exam
SET name = $2, starts_at = $3, ends_at = $4, students = $5, told_by = $6, told_at = clock_timestamp()
WHERE id = $1
RETURNING id
