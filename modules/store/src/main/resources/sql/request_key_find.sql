SELECT digest, batch, answer FROM request_keys WHERE tenant = $1 AND key = $2
