/** The key of the tag by which AWS' bill tells the app's resources from others. */
export const COST_TAG = 'serverless-app';
