DELETE FROM fleet_exam WHERE id = $1 RETURNING id
