/**
 * The metadata in a cloud assembly's manifest that names the file of an app's model. It has a file of its own, because the CLI
 * reads it without the CDK.
 */
export const MODEL_METADATA = 'cdk-serverless-app:model';

/** The same for the file of the cost estimate. */
export const ESTIMATE_METADATA = 'cdk-serverless-app:cost';
