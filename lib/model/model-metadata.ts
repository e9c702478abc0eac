/**
 * The metadata in a cloud assembly's manifest that names the file of an app's model. In a file of its own, so that the command,
 * which reads it, does not load the CDK.
 */
export const MODEL_METADATA = 'cdk-serverless-app:model';

/** The same for the file of what an app costs. */
export const ESTIMATE_METADATA = 'cdk-serverless-app:cost';
