import { CfnOutput, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AppStage } from '../../model/app-stage';
import { AppLambda } from '../../function/app-lambda';
import { FunctionRole } from '../../function/function-role';
import { deployedSize } from '../../guard/deployed-size';
import {
  ApiInput,
  RestApiInput,
  FunctionInput,
  GuardInput,
  RoleInput,
  StackInput,
} from '../../guard/guard-input';
import { eventBusInputs, ruleInputs, topicInputs } from './bus-inputs';
import { forwardings } from './forwardings';
import { flowInputs } from './flow-inputs';
import { ENVIRONMENT_BYTES, looksOf, roughEnvironment } from './function-input';
import type { AppRestApi } from '../../http/rest/app-rest-api';
import { cliInput, restRouteInputs, routeInputs, socketInputs, storageInputs } from './part-inputs';
import { notificationInputs, queueInputs, streamInputs } from './source-inputs';
import { accountInput, functionScaling, tableInputs, throttleInputs } from './scaling-input';
import { templateBytes } from '../template-bytes';
import { namesOf, treeOf } from './tree';
import { AppContext } from '../../core/app-context';
import { HttpApis } from '../../http/http-apis';
import { defaultEventBusPath } from '../../storage/app-event-bus';
import type { IAppFunction, IServerlessApp } from '../../core/contract';

/** The CDK's default limit, and the context key that changes it. */
const RESOURCE_LIMIT = 500;
const RESOURCE_LIMIT_CONTEXT = '@aws-cdk/core:stackResourceLimit';
/**
 * Resolving dominates the time of a synthesis, so values that cannot be near their limit are not resolved: policies below this
 * many characters,
 */
const ROLE_WORTH_MEASURING = 5000;
/** and below this many statements, which have 200 to 600 characters each. */
const PERMISSIONS_WORTH_MEASURING = 25;

/** Collects the input of the guards from the finished construct tree. */
export function collectInput(app: IServerlessApp): GuardInput {
  const { model, placement, functions } = AppContext.of(app);
  const { existingHttp: api, existingRest: rest } = HttpApis.of(app);
  const own = Stack.of(app);
  const shards = placement.stacks;
  const tree = treeOf(app);
  const { parts, resources, permissions } = tree;
  const byStack = groupBy(parts, stackOf);
  const roles = app.node
    .findAll()
    .filter((part): part is iam.CfnRole => part instanceof iam.CfnRole);
  const models = new Map(model.functions.map((input) => [input.path, input]));
  const declared = functions.flatMap((fn) => models.get(fn.node.path) ?? []);
  return {
    app: app.node.path,
    shards: placement.count,
    stacks: [own, ...shards].map((stack) =>
      stackInput(stack, byStack.get(stack) ?? [], stack !== own),
    ),
    functions: functions.map((fn) => ({
      ...functionInput(fn, permissions),
      ...functionScaling(models.get(fn.node.path)),
      ...looksOf(fn, tree),
    })),
    tables: tableInputs(model),
    account: accountInput(model.app),
    throttles: throttleInputs(model, declared),
    apis: api === undefined ? [] : [apiInput(api, resources)],
    restApis: rest === undefined ? [] : [restApiInput(rest)],
    roles: roles.flatMap((role) => roleInput(role, resources, app)),
    production: app.stage === AppStage.PRODUCTION,
    today: new Date().toISOString().slice(0, 10),
    cli: cliInput(),
    streams: streamInputs(app),
    notifications: notificationInputs(app),
    queues: queueInputs(app, tree),
    routes: [
      ...(api === undefined ? [] : routeInputs(app, api, resources)),
      ...(rest === undefined ? [] : restRouteInputs(app, rest)),
    ],
    sockets: socketInputs(app),
    eventBuses: eventBusInputs(resources),
    rules: ruleInputs(resources),
    topics: topicInputs(resources),
    storage: storageInputs(app),
    flows: flowInputs(app, models, forwardings(app, defaultEventBusPath(app))),
  };
}

function stackOf(part: IConstruct): Stack {
  return Stack.of(part);
}

function stackInput(stack: Stack, parts: readonly IConstruct[], shard: boolean): StackInput {
  const limit: unknown = stack.node.tryGetContext(RESOURCE_LIMIT_CONTEXT);
  const resources = parts.filter((part) => CfnResource.isCfnResource(part)).length;
  const roles = parts.filter((part): part is FunctionRole => part instanceof FunctionRole);
  return {
    path: stack.node.path,
    shard,
    resources,
    resourceLimit: limit === undefined ? RESOURCE_LIMIT : Number(limit),
    parameters: parts.filter((part) => part instanceof CfnParameter).length,
    outputs: parts.filter((part) => part instanceof CfnOutput).length,
    templateBytes: templateBytes(stack, {
      resources,
      environmentCharacters: environmentCharacters(parts),
      policyCharacters: roles.reduce((sum, { roughSize }) => sum + roughSize, 0),
    }),
  };
}

function environmentCharacters(parts: readonly IConstruct[]): number {
  return parts
    .filter((part) => part instanceof lambda.Function)
    .map((fn) => (fn instanceof AppLambda ? roughEnvironment(fn.variables) : ENVIRONMENT_BYTES))
    .reduce((sum, characters) => sum + characters, 0);
}

function functionInput(
  fn: IAppFunction,
  permissions: ReadonlyMap<string, readonly lambda.CfnPermission[]>,
): Pick<FunctionInput, 'id' | 'resources' | 'permissions' | 'policyBytes'> {
  // A name that nothing uses is not created.
  const names = permissions.size === 0 ? [] : namesOf(fn);
  const own = [...new Set(names)].flatMap((name) => permissions.get(name) ?? []);
  return {
    id: fn.node.id,
    resources: fn.node.findAll().filter((part) => CfnResource.isCfnResource(part)).length,
    permissions: own.length,
    policyBytes: own.length < PERMISSIONS_WORTH_MEASURING ? undefined : policyBytes(own),
  };
}

/** The policy as Lambda writes it: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function policyBytes(permissions: readonly lambda.CfnPermission[]): number {
  const statements = permissions.map((permission) => {
    const stack = Stack.of(permission);
    const logicalId = String(stack.resolve(permission.logicalId));
    return {
      Sid: `-${logicalId}-000000000000`.slice(0, 100),
      Effect: 'Allow',
      Principal: { Service: stack.resolve(permission.principal) as unknown },
      Action: permission.action,
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:x',
      Condition: {
        StringEquals: given('AWS:SourceAccount', stack.resolve(permission.sourceAccount)),
        ArnLike: given('AWS:SourceArn', stack.resolve(permission.sourceArn)),
      },
    };
  });
  return deployedSize({ Version: '2012-10-17', Id: 'default', Statement: statements });
}

function given(key: string, value: unknown): object | undefined {
  return value === undefined ? undefined : { [key]: value };
}

/** All routes and integrations of the API that are deployed with the app's stack, including those that the app did not create. */
function apiInput(api: apigateway.IHttpApi, resources: readonly CfnResource[]): ApiInput {
  return {
    path: api.node.path,
    routes: resources.filter(
      (part) => part instanceof apigateway.CfnRoute && part.apiId === api.apiId,
    ).length,
    integrations: resources.filter(
      (part) => part instanceof apigateway.CfnIntegration && part.apiId === api.apiId,
    ).length,
    authorizers: resources.filter(
      (part) => part instanceof apigateway.CfnAuthorizer && part.apiId === api.apiId,
    ).length,
  };
}

function restApiInput({ api, resources, authorizers, variables }: AppRestApi): RestApiInput {
  return { path: api.node.path, resources, authorizers, variables };
}

function roleInput(
  role: iam.CfnRole,
  resources: readonly CfnResource[],
  app: IServerlessApp,
): RoleInput[] {
  const { scope } = role.node;
  if (scope instanceof FunctionRole && scope.roughSize < ROLE_WORTH_MEASURING) {
    return [];
  }
  const stack = Stack.of(role);
  const attached = resources.filter(
    (part): part is iam.CfnPolicy =>
      part instanceof iam.CfnPolicy && part.roles?.includes(role.ref) === true,
  );
  const inline = (stack.resolve(role.policies) ?? []) as iam.CfnRole.PolicyProperty[];
  const documents = [
    ...inline.map(({ policyDocument }) => policyDocument as unknown),
    ...attached.map((policy) => Stack.of(policy).resolve(policy.policyDocument) as unknown),
  ];
  const functions = new Set(
    resources
      .filter((part) => part instanceof lambda.CfnFunction && part.stack === stack)
      .map((part) => String(stack.resolve(part.logicalId))),
  );
  const arnSize = (reference: string): number | undefined => {
    const [, id = ''] = /^(\w+)\.Arn$/.exec(reference) ?? [];
    return functions.has(id) ? functionArnSize(id) : undefined;
  };
  return [
    {
      path: scope?.node.path ?? role.node.path,
      function: AppContext.of(app).functions.find((fn) => role.node.scopes.includes(fn))?.node.id,
      policyBytes: documents.reduce(
        (sum: number, document) => sum + deployedSize(document, arnSize),
        0,
      ),
    },
  ];
}

/** CloudFormation names a function `<stack>-<logical id>-<12 characters>`, at most 64 characters. */
function functionArnSize(logicalId: string): number {
  const name = Math.min(64, `s-${logicalId}-000000000000`.length);
  return 'arn:aws:lambda:us-east-1:000000000000:function:'.length + name;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}
