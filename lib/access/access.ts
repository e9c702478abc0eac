import { IResource, Token } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as ses from 'aws-cdk-lib/aws-ses';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { ACCESS_PROPS, AccessOptions } from './access-options';
import {
  checkStorageOptions,
  STORAGE_ACCESS_PROPS,
  StorageAccessOptions,
} from './storage-access-options';
import { variableOf } from './variable-of';
import { requireNoCircle } from './calls';
import {
  BUCKET,
  PARAMETER,
  QUEUE,
  RECEIVED_QUEUE,
  ResourceKind,
  SECRET,
  STREAM,
  TABLE,
  TOPIC,
} from './grants';
import { ConnectionsAccess, ManageConnectionsOptions } from './connections-access';
import { MetricsAccess } from './metrics-access';
import { ParametersAccess } from './parameters-access';
import { EVENT_BUS, FUNCTION, IDENTITY, STATE_MACHINE, USER_POOL } from './service-grants';
import { requireIndex } from './table-index';
import { checkUserPoolAction } from './user-pool-actions';
import { wrongKind } from './wrong-kind';
import { environmentVariableName } from '../core/names';
import { checkProp, checkProps } from '../props/check-props';
import { fullText, knownText, listOf } from '../props/kinds';
import type { PropSet } from '../props/prop';
import { PropCheck } from '../props/prop-check';
import { propsOf } from '../props/prop-set';
import { FunctionContext } from '../core/function-context';
import { AccessConfig, AccessLevel, IAccess, IAppFunction } from '../core/contract';

/** Options for access to an event bus. */
export interface PutEventsOptions extends AccessOptions {
  /**
   * Only events of these detail types, at least one: exact names, without `*`. The function's role allows no others, and the guard
   * `event-loop` takes that into account.
   *
   * @default - all events
   */
  readonly detailTypes?: string[];
}

/** @internal */
export const PUT_EVENTS_PROPS = propsOf<PutEventsOptions>()({
  ...ACCESS_PROPS.props,
  detailTypes: listOf(fullText(), { min: 1, max: 100, unit: 'detail types' }),
});

const STORAGE: readonly ResourceKind[] = [TABLE, BUCKET, STREAM];

/**
 * What a function may access: a least-privilege grant, and an environment variable with the resource's name, ARN or URL.
 *
 * The resource may belong to the app, be created elsewhere, or be imported. If a customer-managed key encrypts it, the function
 * may use the key too.
 */
export class Access implements IAccess {
  /**
   * Get, query and scan a table with its indexes, get and list the objects of a bucket, or read the shards of a Kinesis stream.
   *
   * @param resource an `ITable`, an `IBucket` or a Kinesis `IStream`; anything else is an error
   */
  public static read(resource: IResource, options: StorageAccessOptions = {}): Access {
    return new Access(resource, AccessLevel.READ, options);
  }

  /**
   * Put, update and delete items of a table, put and delete the objects of a bucket, or put records into a Kinesis stream. It does
   * not include reading.
   *
   * @param resource an `ITable`, an `IBucket` or a Kinesis `IStream`; anything else is an error
   */
  public static write(resource: IResource, options: StorageAccessOptions = {}): Access {
    return new Access(resource, AccessLevel.WRITE, options);
  }

  /**
   * Read and write.
   *
   * @param resource an `ITable`, an `IBucket` or a Kinesis `IStream`; anything else is an error
   */
  public static readWrite(resource: IResource, options: StorageAccessOptions = {}): Access {
    return new Access(resource, AccessLevel.READ_WRITE, options);
  }

  /**
   * Get the value of a secret. The environment variable holds the ARN, never the value: the handler gets it from Secrets Manager
   * at run time, so a rotated secret needs no deployment.
   *
   * @param secret created in this app, or imported by ARN or name
   */
  public static secret(secret: secretsmanager.ISecret, options: AccessOptions = {}): Access {
    return new Access(secret, AccessLevel.READ, options, [SECRET]);
  }

  /**
   * Get the value of a Systems Manager parameter. The environment variable holds the name. If a `SecureString` is encrypted with
   * your own key, import it with `encryptionKey`.
   *
   * @param parameter created in this app, or imported
   */
  public static parameter(parameter: ssm.IParameter, options: AccessOptions = {}): Access {
    return new Access(parameter, AccessLevel.READ, options, [PARAMETER]);
  }

  /**
   * Send messages to a queue. The environment variable holds the URL. It does not include receiving.
   *
   * @param queue created in this app, or imported
   */
  public static send(queue: sqs.IQueue, options: AccessOptions = {}): Access {
    return new Access(queue, AccessLevel.SEND, options, [QUEUE]);
  }

  /**
   * Receive messages of a queue, hide them for longer, and delete them. The environment variable holds the URL. For a function that
   * each message runs, use `onMessage` instead.
   *
   * @param queue created in this app, or imported
   */
  public static receive(queue: sqs.IQueue, options: AccessOptions = {}): Access {
    return new Access(queue, AccessLevel.RECEIVE, options, [RECEIVED_QUEUE]);
  }

  /**
   * Publish messages to a topic. The environment variable holds the ARN. It does not include subscribing.
   *
   * @param topic created in this app, or imported
   */
  public static publish(topic: sns.ITopic, options: AccessOptions = {}): Access {
    return new Access(topic, AccessLevel.PUBLISH, options, [TOPIC]);
  }

  /**
   * Put events on an event bus. The environment variable holds the bus’s name. A bus in another account must allow it too.
   *
   * @param eventBus made by `addEventBus`, imported, or `app.defaultEventBus`
   */
  public static putEvents(eventBus: events.IEventBus, options: PutEventsOptions = {}): Access {
    return new Access(eventBus, AccessLevel.PUT, options, [EVENT_BUS]);
  }

  /**
   * Invoke a function and wait for its result, or invoke it asynchronously. The environment variable holds the ARN, of the alias
   * if the function has one. Two functions that call each other are an error, unless the called one has a `functionName`.
   *
   * @param fn a function of an app, or an `IFunction`; anything else is an error
   */
  public static invoke(fn: IConstruct, options: AccessOptions = {}): Access {
    return new Access(fn, AccessLevel.INVOKE, options, [FUNCTION]);
  }

  /**
   * Start executions of a state machine. For an express state machine, the function may also wait for the result. The environment
   * variable holds the ARN.
   *
   * @param stateMachine created in this app, or imported
   */
  public static startExecution(
    stateMachine: sfn.IStateMachine,
    options: AccessOptions = {},
  ): Access {
    return new Access(stateMachine, AccessLevel.START, options, [STATE_MACHINE]);
  }

  /**
   * Send email as an identity of SES. The environment variable holds the identity’s name: the address or the domain.
   *
   * @param identity created in this app, or imported
   */
  public static sendEmail(identity: ses.IEmailIdentity, options: AccessOptions = {}): Access {
    return new Access(identity, AccessLevel.SEND_EMAIL, options, [IDENTITY]);
  }

  /**
   * Administer the users of a Cognito user pool with named actions. The environment variable holds the pool’s id.
   *
   * @param userPool created in this app, or imported
   * @param actions the names without the service, for example `['AdminGetUser', 'AdminAddUserToGroup']`; a wildcard, or a name that is not
   * an action on a user pool, is an error
   */
  public static userPoolAdmin(
    userPool: cognito.IUserPool,
    actions: string[],
    options: AccessOptions = {},
  ): Access {
    return new Access(userPool, AccessLevel.ADMINISTER, options, [USER_POOL], actions);
  }

  /**
   * Get the Systems Manager parameters below a path, by `GetParametersByPath` or by name. The environment variable holds the
   * path: `/shop/production` gives `SHOP_PRODUCTION_PARAMETERS_PATH`.
   *
   * @param path with a leading slash and no trailing slash
   */
  public static parametersByPath(path: string, options: AccessOptions = {}): IAccess {
    return new ParametersAccess(path, options);
  }

  /**
   * Put CloudWatch metrics in one namespace. AWS defines no resource for that, so a condition limits the permission. The
   * environment variable `METRICS_NAMESPACE` holds the namespace.
   */
  public static putMetrics(metricNamespace: string, options: AccessOptions = {}): IAccess {
    return new MetricsAccess(metricNamespace, options);
  }

  /**
   * Send messages to the clients that are connected to a WebSocket API; with `operations`, also query and close connections. The
   * environment variable `WEB_SOCKET_ENDPOINT` holds the `endpoint` of the SDK’s `ApiGatewayManagementApiClient`.
   *
   * @param stage `app.webSocketStage`, or your own stage
   */
  public static manageConnections(
    stage: apigateway.IWebSocketStage,
    options: ManageConnectionsOptions = {},
  ): IAccess {
    return new ConnectionsAccess(stage, options);
  }

  private constructor(
    private readonly resource: IConstruct,
    private readonly level: AccessLevel,
    private readonly options: StorageAccessOptions & PutEventsOptions,
    private readonly kinds: readonly ResourceKind[] = STORAGE,
    private readonly actions?: readonly string[],
  ) {}

  public bind(fn: IAppFunction): AccessConfig {
    const check = FunctionContext.of(fn).check;
    const { level, options, resource } = this;
    checkProps(options, optionsOf(this.kinds), check.at('access'));
    const kind = this.kinds.find(({ of }) => of(resource) !== undefined);
    const grantable = kind?.of(resource);
    if (kind === undefined || grantable === undefined) {
      throw wrongKind(resource, this.kinds, check);
    }
    checkStorageOptions(options, kind, level, check.at('access'));
    checkDetailTypes(options, check.at('access'));
    const actions = this.actions === undefined ? undefined : checkActions(this.actions, check);
    if (kind === FUNCTION) {
      requireNoCircle(fn, resource as IAppFunction, check);
    }
    const { index, prefix, versioned, detailTypes } = options;
    if (index !== undefined) {
      requireIndex(fn, resource, index, check.at('access'));
    }
    const { suffix, value } = grantable.variable(fn);
    grantable.grant(fn, {
      reads: level !== AccessLevel.WRITE,
      writes: level !== AccessLevel.READ,
      prefix,
      versioned,
      index,
      detailTypes,
      actions,
    });
    return {
      kind: kind.kind,
      path: resource.node.path,
      level,
      part: partOf(options, actions),
      ...(detailTypes !== undefined && { detailTypes }),
      ...variableOf(
        options,
        () => environmentVariableName(resource.node.id, kind.kind, suffix),
        value,
        check.at('access'),
      ),
    };
  }
}

function optionsOf(kinds: readonly ResourceKind[]): PropSet {
  if (kinds === STORAGE) {
    return STORAGE_ACCESS_PROPS;
  }
  return kinds[0] === EVENT_BUS ? PUT_EVENTS_PROPS : ACCESS_PROPS;
}

/** The part of the resource that the access covers, for the model. */
function partOf(
  { prefix, index, detailTypes }: StorageAccessOptions & PutEventsOptions,
  actions: readonly string[] | undefined,
): string | undefined {
  if (prefix !== undefined) {
    return `${prefix}*`;
  }
  return index ?? (detailTypes ?? actions)?.join(', ');
}

function checkActions(actions: unknown, check: PropCheck): readonly string[] {
  const at = check.at('access');
  checkProp(actions, 'actions', ACTIONS.required(), at);
  const names = actions as readonly string[];
  names.forEach((name, i) => {
    checkUserPoolAction(`actions[${i}]`, name, at);
  });
  return names;
}

/** Exact names, so that the guard `event-loop` can compare them with those that a pattern names. */
function checkDetailTypes({ detailTypes = [] }: PutEventsOptions, check: PropCheck): void {
  if (Token.isUnresolved(detailTypes)) {
    return;
  }
  detailTypes.forEach((name, i) => {
    if (!Token.isUnresolved(name) && name.includes('*')) {
      throw check.error(
        `detailTypes[${i}]`,
        'must be the exact name of a detail type, because IAM compares the `*` in it literally',
        name,
        'name each detail type, or leave `detailTypes` out for all',
      );
    }
  });
}

const ACTIONS = listOf(knownText(), { min: 1, max: 100, unit: 'actions' });
