import { Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CONNECTION_IDS } from '../core/acknowledged-rules';
import { AccessConfig, AccessLevel, IAccess, IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { CONNECTIONS } from '../kinds/web-socket-kind';
import { checkProp, checkProps } from '../props/check-props';
import { instance, listOf, oneOf } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import { ACCESS_PROPS, AccessOptions } from './access-options';
import { variableOf } from './variable-of';

/** What a function may do with the connections of a WebSocket API. */
export enum ConnectionOperation {
  /** Send a message to a client. */
  SEND = 'send',

  /** Get the identity of a client, and the time of its last activity. */
  GET = 'get',

  /** Close a connection. */
  DISCONNECT = 'disconnect',
}

/** Options of `Access.manageConnections`. */
export interface ManageConnectionsOptions extends AccessOptions {
  /**
   * What the function may do, at least one.
   *
   * @default [ConnectionOperation.SEND]
   */
  readonly operations?: ConnectionOperation[];
}

/** @internal */
export const MANAGE_CONNECTIONS_PROPS = propsOf<ManageConnectionsOptions>()({
  ...ACCESS_PROPS.props,
  operations: listOf(
    oneOf('ConnectionOperation', () => ConnectionOperation),
    {
      min: 1,
      max: Object.keys(ConnectionOperation).length,
      unit: 'operations',
    },
  ),
});

const STAGE = instance(
  'a WebSocket stage',
  'give `app.webSocketStage`, or your own `WebSocketStage`',
  'callbackUrl',
);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html */
const METHODS: Readonly<Record<ConnectionOperation, string>> = {
  [ConnectionOperation.SEND]: 'POST',
  [ConnectionOperation.GET]: 'GET',
  [ConnectionOperation.DISCONNECT]: 'DELETE',
};

/**
 * Access to the connections of a WebSocket API; see `Access.manageConnections`.
 *
 * @internal
 */
export class ConnectionsAccess implements IAccess {
  constructor(
    private readonly stage: apigateway.IWebSocketStage,
    private readonly options: ManageConnectionsOptions,
  ) {}

  public bind(fn: IAppFunction): AccessConfig {
    const check = FunctionContext.of(fn).check.at('access');
    const { stage } = this;
    checkProp(stage, 'stage', STAGE.required(), check);
    checkProps(this.options, MANAGE_CONNECTIONS_PROPS, check);
    const { operations: given = [ConnectionOperation.SEND] } = this.options;
    const operations = [...new Set(given)].sort();
    const resourceArns = operations.map((operation) =>
      Stack.of(stage).formatArn({
        service: 'execute-api',
        resource: stage.api.apiId,
        resourceName: `${stage.stageName}/${METHODS[operation]}/@connections/*`,
      }),
    );
    iam.Grant.addToPrincipal({
      grantee: fn,
      actions: ['execute-api:ManageConnections'],
      resourceArns,
    });
    resourceArns.forEach((arn) => FunctionContext.of(fn).wildcards.set(arn, CONNECTION_IDS));
    return {
      kind: CONNECTIONS,
      path: stage.api.node.path,
      level: AccessLevel.SEND,
      part: given.every((operation) => operation === ConnectionOperation.SEND)
        ? undefined
        : operations.join(', '),
      ...variableOf(this.options, () => 'WEB_SOCKET_ENDPOINT', stage.callbackUrl, check),
    };
  }
}
