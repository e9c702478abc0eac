import { RemovalPolicy } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BUCKET_PROPS as PROPS } from '../../../lib/storage/bucket-prop-set';
import { declared } from '../support/declared';
import { duration } from '../support/values';

/** Options of the CDK's bucket that the library reads, or that change what it makes. */
export const BUCKET_PROPS = declared(PROPS, {
  bucketName: fc.constantFrom('their-bucket', 'another-bucket'),
  // Only with the removal policy DESTROY, and by a custom resource that no random app can have: its code is an asset.
  autoDeleteObjects: fc.constant(false),
  removalPolicy: fc.constantFrom(RemovalPolicy.DESTROY, RemovalPolicy.RETAIN),
  lifecycleRules: fc.array(fc.constant({ expiration: duration(86_400) }), { maxLength: 1 }),
});
