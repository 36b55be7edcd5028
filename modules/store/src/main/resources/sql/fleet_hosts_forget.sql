DELETE FROM fleet_host WHERE state = 'terminated' AND since < $1
