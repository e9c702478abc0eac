import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { DURABLE, DURABLE_POLICY } from '../../core/acknowledged-rules';
import { AppFunctionOptions } from '../app-function-props';
import { FunctionContext } from '../../core/function-context';
import type { IAppFunction } from '../../core/contract';

const logStatements = new WeakMap<logs.ILogGroupRef, iam.PolicyStatement>();

/** The permissions of every function: to write its log, and in a VPC to manage a network interface. */
export function grantBasics(fn: IAppFunction, options: AppFunctionOptions): void {
  const logGroup = options.logGroup ?? fn.app.logGroup;
  fn.grantPrincipal.addToPrincipalPolicy(logStatement(logGroup));
  if (options.durableConfig !== undefined) {
    fn.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(DURABLE_POLICY));
    FunctionContext.of(fn).managedPolicies.push(DURABLE);
  }
  if (options.vpc !== undefined) {
    fn.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: [
          'ec2:AssignPrivateIpAddresses',
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:UnassignPrivateIpAddresses',
        ],
        resources: ['*'], // these actions support no resource
      }),
    );
  }
}

/** All functions of a log group share one statement, because a policy only reads its statements. */
function logStatement(logGroup: logs.ILogGroupRef): iam.PolicyStatement {
  let statement = logStatements.get(logGroup);
  if (statement === undefined) {
    statement = new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupRef.logGroupArn],
    });
    logStatements.set(logGroup, statement);
  }
  return statement;
}
