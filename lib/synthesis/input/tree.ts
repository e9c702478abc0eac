import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IAppFunction, IServerlessApp } from '../../core/contract';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AppContext } from '../../core/app-context';
import { FunctionContext } from '../../core/function-context';

/** An index of the construct tree, built once for all guards. */
export interface Tree {
  /** All constructs of the app's own stack and of the stacks nested in it. */
  readonly parts: readonly IConstruct[];
  readonly resources: readonly CfnResource[];
  /** Permissions, by their reference to the function, including those that the app did not create. */
  readonly permissions: ReadonlyMap<string, readonly lambda.CfnPermission[]>;
  /** Event sources, by their reference to the function. */
  readonly runners: ReadonlyMap<string, readonly CfnResource[]>;
  /** Methods of REST APIs, by the logical ids in their integration. */
  readonly restMethods: ReadonlyMap<string, readonly RestMethod[]>;
  /** The app's functions, by each of their references; empty if nothing invokes one. */
  readonly functions: ReadonlyMap<string, IAppFunction>;
}

export interface RestMethod {
  readonly timeoutInMillis?: unknown;
}

export function treeOf(app: IServerlessApp): Tree {
  const parts = Stack.of(app).node.findAll();
  const resources = parts.filter((part): part is CfnResource => CfnResource.isCfnResource(part));
  const runners = new Map<string, CfnResource[]>();
  const permissions = new Map<string, lambda.CfnPermission[]>();
  const restMethods = new Map<string, RestMethod[]>();
  for (const part of resources) {
    const name = functionNameIn(part);
    if (name !== undefined) {
      add(runners, name, part);
    }
    if (part instanceof lambda.CfnPermission) {
      add(permissions, part.functionName, part);
    }
    if (part.cfnResourceType === 'AWS::ApiGateway::Method') {
      addRestMethod(restMethods, part);
    }
  }
  const functions = runners.size === 0 ? new Map<string, IAppFunction>() : byName(app);
  return { parts, resources, permissions, runners, restMethods, functions };
}

export function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, [item]);
  } else {
    group.push(item);
  }
}

/** The function that a resource invokes, as the resource refers to it. */
function functionNameIn(part: CfnResource): string | undefined {
  switch (part.cfnResourceType) {
    case 'AWS::Lambda::Permission':
    case 'AWS::Lambda::EventSourceMapping':
      return textOf(part, 'functionName');
    case 'AWS::Lambda::Url':
      return textOf(part, 'qualifier') === undefined
        ? textOf(part, 'targetFunctionArn')
        : undefined;
    case 'AWS::Scheduler::Schedule':
      return textOf(Reflect.get(part, 'target'), 'arn');
    default:
      return undefined;
  }
}

function textOf(owner: unknown, property: string): string | undefined {
  const value: unknown =
    typeof owner === 'object' && owner !== null ? Reflect.get(owner, property) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The URI of a REST API's integration contains the function inside a token, so it is resolved. */
function addRestMethod(methods: Map<string, RestMethod[]>, part: CfnResource): void {
  const integration: unknown = part.stack.resolve(Reflect.get(part, 'integration'));
  if (typeof integration !== 'object' || integration === null) {
    return;
  }
  const { uri, timeoutInMillis } = integration as { uri?: unknown; timeoutInMillis?: unknown };
  const names = JSON.stringify(uri ?? '').matchAll(/"(\w+)"/g);
  for (const [, id = ''] of names) {
    add(methods, id, { timeoutInMillis });
  }
}

/** The strings that refer to a function. */
export function namesOf(fn: IAppFunction): string[] {
  const { functionArn, functionName } = fn.function;
  return [
    functionArn,
    functionName,
    fn.target.functionArn,
    FunctionContext.of(fn).deterministicName,
  ];
}

function byName(app: IServerlessApp): Map<string, IAppFunction> {
  const names = new Map<string, IAppFunction>();
  for (const fn of AppContext.of(app).functions) {
    for (const name of namesOf(fn)) {
      names.set(name, fn);
    }
    if (fn.alias !== undefined) {
      names.set(fn.target.functionName, fn);
    }
  }
  return names;
}

/** A construct by its path, in the form of the app's model. */
export function findByPath(root: IConstruct, path: string): IConstruct | undefined {
  const below = root.node.path === '' ? path : path.slice(root.node.path.length + 1);
  return below
    .split('/')
    .reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), root);
}
