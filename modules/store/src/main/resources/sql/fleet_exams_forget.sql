DELETE FROM fleet_exam WHERE ends_at < $1
