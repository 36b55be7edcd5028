SELECT drop_week($1)
