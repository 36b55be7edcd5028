SELECT * FROM fleet_host ORDER BY created_at, id
