import * as apigw from 'aws-cdk-lib/aws-apigateway';
import type { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** The members of a log line whose variable has another name. All others are named as their variable. */
const VARIABLES: Readonly<Record<string, string>> = {
  integrationError: 'integrationErrorMessage',
  error: 'error.message',
  validationError: 'error.validationErrorString',
  authorizerError: 'authorizer.error',
  apiKeyId: 'identity.apiKeyId',
  sourceIp: 'identity.sourceIp',
  userAgent: 'identity.userAgent',
};

/** The members with which the line of every API begins. */
const FIRST = ['requestId', 'requestTime'];

/** The members with which the line of every API ends. */
const CLIENT = ['sourceIp', 'userAgent'];

/** A log line in JSON: the request, the members that only this kind of API has, and the client. */
export function defaultLogFormat(members: readonly string[]): apigw.AccessLogFormat {
  const names = [...FIRST, ...members, ...CLIENT];
  const line = names.map((name) => [name, `$context.${VARIABLES[name] ?? name}`]);
  return apigw.AccessLogFormat.custom(JSON.stringify(Object.fromEntries(line)));
}

/** The access log of a stage of an HTTP or a WebSocket API. */
export function accessLogSettings(
  logGroup: logs.ILogGroup,
  format: { toString(): string },
): CfnStage.AccessLogSettingsProperty {
  return { destinationArn: logGroup.logGroupArn, format: format.toString() };
}
