import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';

/** Properties of an event bus: the CDK's, and an archive. */
export interface AppEventBusProps extends events.EventBusProps {
  /**
   * How long an archive keeps all events of the bus, so that they can be replayed: whole days. EventBridge bills the bytes that it
   * archives and keeps.
   *
   * @default - no archive
   */
  readonly archiveRetention?: Duration;
}
