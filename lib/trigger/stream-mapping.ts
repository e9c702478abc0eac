import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { Failures } from '../failure/failures';
import { addStreamAge } from '../monitoring/stream-age';
import { PropCheck, unquoted } from '../props/prop-check';

/** How Lambda reads a DynamoDB or Kinesis stream. */
export interface StreamReading {
  readonly startingPosition: lambda.StartingPosition;
  /** Seconds since 1970. */
  readonly startingPositionTimestamp?: number;
  readonly batchSize: number;
  readonly maxBatchingWindow?: Duration;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the CDK's own type of a filter
  readonly filters?: { readonly [key: string]: any }[];
  readonly parallelizationFactor?: number;
  readonly tumblingWindow?: Duration;
  readonly maxRetryAttempts: number;
  readonly maxRecordAge: Duration;
  readonly bisectBatchOnError: boolean;
  readonly reportBatchItemFailures: boolean;
  /** Undefined if the user did not set it; the mapping is then enabled. */
  readonly enabled?: boolean;
}

/** Creates the event source mapping between a stream and a function. Records that still fail go to the app's failure bucket. */
export function mapStream(
  fn: IAppFunction,
  id: string,
  eventSourceArn: string,
  { maxRetryAttempts, ...reading }: StreamReading,
): lambda.EventSourceMapping {
  const destination = Failures.of(fn).recordDestination(fn);
  const { maxRecordAge } = reading;
  const mapping = FunctionContext.of(fn).check.withPropPath(
    '',
    () =>
      new lambda.EventSourceMapping(fn, id, {
        ...reading,
        // The CDK compares the age even if it is a Token.
        maxRecordAge: maxRecordAge.isUnresolved() ? undefined : maxRecordAge,
        retryAttempts: maxRetryAttempts,
        target: fn.target,
        eventSourceArn,
        onFailure: destination,
        supportS3OnFailureDestination: true,
      }),
  );
  if (maxRecordAge.isUnresolved()) {
    const resource = mapping.node.defaultChild as lambda.CfnEventSourceMapping;
    resource.maximumRecordAgeInSeconds = maxRecordAge.toSeconds();
  }
  if (reading.enabled !== false) {
    addStreamAge(fn);
  }
  return mapping;
}

/** Lambda rejects two filters with the same pattern. */
export function requireDistinct(filters: readonly object[] | undefined, check: PropCheck): void {
  const patterns = (filters ?? []).map((filter) => JSON.stringify(filter));
  const second = patterns.findIndex((pattern, i) => patterns.indexOf(pattern) < i);
  if (second >= 0) {
    throw check.error(
      `filters[${second}]`,
      'must differ from the filters before it',
      unquoted('the same filter twice'),
      'leave it out',
    );
  }
}
