import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { LogGroupModel } from '../model/app-model';

/** The entry of a log group in the model. The retention of an imported one is unknown. */
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
