import { RemovalPolicy } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { duration, FLAGS, options } from '../support/values';

/** Options of the CDK's bucket that the library looks at, or that change what it makes. */
export const BUCKET_PROPS = options({
  bucketName: fc.constantFrom('their-bucket', 'another-bucket'),
  versioned: FLAGS,
  enforceSSL: FLAGS,
  eventBridgeEnabled: FLAGS,
  removalPolicy: fc.constantFrom(RemovalPolicy.DESTROY, RemovalPolicy.RETAIN),
  lifecycleRules: fc.array(fc.constant({ expiration: duration(86_400) }), { maxLength: 1 }),
});
