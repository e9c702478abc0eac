export const handler = (): Promise<string> => Promise.resolve('other');
