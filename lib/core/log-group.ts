import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { StageDefaults } from './defaults';

/** A log group that is kept as long as the stage says. */
export function makeLogGroup(scope: Construct, id: string, defaults: StageDefaults): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    retention: defaults.logRetention,
    removalPolicy: defaults.removalPolicy,
  });
}
