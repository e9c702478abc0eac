import { Duration, IResource, Names } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { Failures } from '../failure/failures';
import { addStreamAge } from '../monitoring/stream-age';
import { PropCheck, unquoted } from '../props/prop-check';

/** How Lambda reads a stream, of whichever service. */
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
  /** Undefined where the user said nothing, which is on. */
  readonly enabled?: boolean;
}

/** Makes the mapping between a stream and a function. Records that still fail go to the app's failure bucket. */
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

/** Distinguishes two sources that trigger one function; a source of the app uses its own short id. */
export function idOfSource(fn: IAppFunction, source: IResource): string {
  return source.node.scope === fn.app ? source.node.id : Names.nodeUniqueId(source.node);
}

/**
 * Lambda rejects a second mapping between the same source and function.
 *
 * @param kind what the source is: `table`
 */
export function requireFirst(fn: IAppFunction, id: string, source: IResource, kind: string): void {
  if (fn.node.tryFindChild(id) !== undefined) {
    throw FunctionContext.of(fn).check.error(
      'triggers',
      `must name each ${kind} once`,
      unquoted(`${source.node.path} twice`),
      'put all `filters` into one trigger, or add another function',
    );
  }
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
