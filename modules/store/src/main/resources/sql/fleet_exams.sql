SELECT * FROM fleet_exam ORDER BY starts_at, id
