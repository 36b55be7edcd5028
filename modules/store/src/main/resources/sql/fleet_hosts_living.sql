SELECT * FROM fleet_host WHERE state <> 'terminated' ORDER BY created_at, id
