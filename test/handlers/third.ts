export const handler = (): Promise<string> => Promise.resolve('third');
