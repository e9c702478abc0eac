// Tests bundle anew; those of the cache have a cache of their own.
process.env.SERVERLESS_APP_CACHE ??= 'off';
// The cost of an app is printed only if a test asks for it.
process.env.SERVERLESS_APP_ESTIMATE ??= 'off';
// About the Node.js here, which is not the one that the functions get on AWS.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
