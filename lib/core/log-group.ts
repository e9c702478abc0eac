import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { StageDefaults } from './defaults';

/** Creates a log group with the retention and removal policy of the stage. */
export function makeLogGroup(scope: Construct, id: string, defaults: StageDefaults): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    retention: defaults.logRetention,
    removalPolicy: defaults.removalPolicy,
  });
}
