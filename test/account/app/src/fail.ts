export const handler = (): Promise<never> =>
  Promise.reject(new Error('this function fails on purpose'));
