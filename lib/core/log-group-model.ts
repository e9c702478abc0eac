import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { LogGroupModel } from '../model/app-model';

/** What the model says of a log group. How long an imported one keeps its logs is not known. */
export function logGroupModel(logGroup: logs.ILogGroupRef, app: Construct): LogGroupModel {
  const resource: IConstruct | undefined = logGroup.node.defaultChild;
  return {
    id: logGroup.node.id,
    path: logGroup.node.path,
    name: logGroup.logGroupRef.logGroupName,
    made: logGroup.node.scope === app,
    retentionDays:
      resource instanceof logs.CfnLogGroup ? (resource.retentionInDays ?? 0) : undefined,
  };
}
