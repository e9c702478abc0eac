// Tests bundle anew; those of the cache have one of their own.
process.env.SERVERLESS_APP_CACHE ??= 'off';
