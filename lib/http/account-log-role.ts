import { RemovalPolicy } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AppContext } from '../core/app-context';
import type { RestOptions } from './rest/rest-options';
import type { WebSocketOptions } from './socket/socket-options';
import { inform } from '../core/messages';

/** The app's props that request the role. */
interface LogRoleProps {
  readonly rest?: Pick<RestOptions, 'accountLogRole'>;
  readonly webSocket?: Pick<WebSocketOptions, 'accountLogRole'>;
}

/** A stage that needs the role if it has an access log. */
export interface LoggingStage {
  readonly stage: Construct;
  readonly hasAccessLog: boolean;
  /** The id of the info message for a stage whose account must have the role already. */
  readonly notice: string;
  /** `REST` or `WebSocket`. */
  readonly kind: string;
  /** The prop with the options of the API. */
  readonly prop: keyof LogRoleProps;
}

/**
 * Creates the role with which API Gateway writes the logs of all REST and WebSocket APIs of the account and region, if the options of
 * one of the app's APIs request it. The app creates it once, and every stage depends on it. It is retained when the app is deleted.
 * Without it, an info message says what an access log needs.
 */
export function provideLogRole({ stage, hasAccessLog, notice, kind, prop }: LoggingStage): void {
  const { app, props } = AppContext.of(stage);
  const { rest, webSocket }: LogRoleProps = props;
  if (rest?.accountLogRole === true || webSocket?.accountLogRole === true) {
    stage.node.addDependency(accountOf(app));
  } else if (hasAccessLog) {
    inform(
      stage,
      notice,
      `${app.node.path}: API Gateway writes the access log of a ${kind} API with a role that is set once for the account and region, and without ` +
        `it the first deployment fails: set \`${prop}: { accountLogRole: true }\` in one app, or \`${prop}: { accessLog: false }\`; ` +
        'acknowledge this if the role is already set',
    );
  }
}

const ACCOUNT_ID = 'AccountLogs';

function accountOf(app: Construct): apigw.CfnAccount {
  const existing = app.node.tryFindChild(ACCOUNT_ID) as apigw.CfnAccount | undefined;
  return existing ?? makeAccount(app);
}

function makeAccount(app: Construct): apigw.CfnAccount {
  const role = new iam.Role(app, 'AccountLogRole', {
    assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [
      iam.ManagedPolicy.fromAwsManagedPolicyName(
        'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
      ),
    ],
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new apigw.CfnAccount(app, ACCOUNT_ID, { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}
