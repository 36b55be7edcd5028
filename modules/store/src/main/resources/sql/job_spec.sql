SELECT ref, spec FROM job_specs WHERE job = $1
