/** The key of the tag that assigns costs in the AWS bill to the app. */
export const COST_TAG = 'serverless-app';
