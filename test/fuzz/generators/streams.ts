import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { STREAM_PROPS } from '../../../lib/storage/stream-prop-set';
import { STREAM_TRIGGER_PROPS } from '../../../lib/trigger/stream/stream-trigger';
import { declared, valuesOf } from '../support/declared';
import { Recipe, theirs } from '../support/recipe';
import { duration, rarely } from '../support/values';
import { AMOUNTS } from './usage';

/** A stream of the app, if there is one. */
export const STREAM = fc
  .nat({ max: 3 })
  .map((n) => new Recipe(`stream ${n}`, ({ streams }) => streams[n % Math.max(1, streams.length)]));

/** Options of a stream of the app. */
export const STREAM_VALUES = declared(STREAM_PROPS, {
  streamName: fc.constantFrom('their-stream', 'another-stream'),
  encryption: rarely(fc.constant('KMS'), 'NONE', 'MANAGED'),
  streamMode: rarely(fc.constant('PROVISIONED'), 'ON_DEMAND'),
  retentionPeriod: rarely(fc.constant(duration(172_800)), duration(90_000)),
  removalPolicy: fc.constantFrom(RemovalPolicy.DESTROY, RemovalPolicy.RETAIN),
  encryptionKey: theirs('a key', (scope, id) => new kms.Key(scope, id)),
});

const filter = (name: string): Recipe =>
  new Recipe(`a filter of ${name}`, () => lambda.FilterCriteria.filter({ partitionKey: [name] }));

export const STREAM_OPTIONS = valuesOf(STREAM_TRIGGER_PROPS, {
  startingPosition: rarely(fc.constantFrom('LATEST', 'TRIM_HORIZON'), 'AT_TIMESTAMP'),
  filters: fc
    .subarray(['a', 'b', 'c'], { minLength: 1 })
    .map((names) => names.map((name) => filter(name))),
  monthlyEvents: AMOUNTS,
});
