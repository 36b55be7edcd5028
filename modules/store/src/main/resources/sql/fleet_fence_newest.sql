SELECT newest FROM fleet_fence
