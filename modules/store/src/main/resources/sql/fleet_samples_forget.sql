DELETE FROM fleet_sample WHERE at < $1
