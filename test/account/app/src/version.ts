export const handler = (): Promise<{ statusCode: number; body: string }> => {
  const { VERSION = '' } = process.env;
  return VERSION === 'broken'
    ? Promise.reject(new Error('this version is broken on purpose'))
    : Promise.resolve({ statusCode: 200, body: VERSION });
};
