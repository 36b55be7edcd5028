SELECT sample FROM fleet_sample ORDER BY at DESC, number DESC LIMIT 1
