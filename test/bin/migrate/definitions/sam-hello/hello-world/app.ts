export const lambdaHandler = async () => ({ statusCode: 200, body: 'hello world' });
