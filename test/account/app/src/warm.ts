/** How Lambda started this environment: `on-demand` or `provisioned-concurrency`. */
export const handler = (): Promise<{ statusCode: number; body: string }> =>
  Promise.resolve({ statusCode: 200, body: process.env.AWS_LAMBDA_INITIALIZATION_TYPE ?? '' });
