SELECT sample FROM fleet_sample WHERE at >= $1 ORDER BY at, number LIMIT $2
