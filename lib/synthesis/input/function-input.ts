import {
  CfnDynamicReference,
  CfnElement,
  CfnResource,
  Intrinsic,
  IResolvable,
  Reference,
  SecretValue,
  Stack,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { definitionOf, refersTo } from '../../workflow/definition';
import { IConstruct } from 'constructs';
import { AppLambda, lambdaResource } from '../../function/app-lambda';
import { deployedSize } from '../../guard/deployed-size';
import { CallerInput, EnvironmentInput, FunctionInput, SecretInput } from '../../guard/guard-input';
import { REST_API_TIMEOUT_SECONDS } from '../../guard/http-timeout';
import { seemsSecret } from '../../guard/secrets';
import { AppContext } from '../../core/app-context';
import { integrationsOf } from '../../http/function-integration';
import { HttpApis } from '../../http/http-apis';
import { HTTP_CALLER } from '../../kinds/http-kind';
import { kindOf } from '../../kinds/trigger-kinds';
import { resolvedNumber } from '../../model/resolved';
import type { Tree } from './tree';
import { FunctionContext } from '../../core/function-context';
import type { IAppFunction } from '../../core/contract';

/** Below this size an environment cannot be too large, whatever its Tokens become, so it is not resolved. */
const ENVIRONMENT_WORTH_MEASURING = 2000;
const TOKEN_CHARACTERS = 150;
/** Lambda's limit: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const ENVIRONMENT_BYTES = 4096;
/** The usual length that AWS adds to the logical id in a name or an ARN: the stack's name and twelve characters. */
const NAME_REST = 30;
const ARN_REST = 80;
const REST_API =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';

const TOKEN = /\$\{Token\[[^\]]*\]\}/g;
const SECRET_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

type Looks = Pick<
  FunctionInput,
  | 'timeoutSeconds'
  | 'durable'
  | 'runtime'
  | 'callers'
  | 'environment'
  | 'secrets'
  | 'snapshots'
  | 'provisions'
  | 'pastAlias'
>;

/** Collects the guards' input about one function, except its resources and its scaling. */
export function looksOf(fn: IAppFunction, tree: Tree): Looks {
  const { name } = fn.function.runtime;
  const variables =
    fn.function instanceof AppLambda ? fn.function.variables : new Map<string, string>();
  const snapshots = lambdaResource(fn.function).snapStart !== undefined;
  return {
    timeoutSeconds: FunctionContext.of(fn).timeoutSeconds,
    ...durableOf(fn),
    runtime: Token.isUnresolved(name) ? undefined : name,
    callers: callersOf(fn, tree),
    environment: environmentOf(fn, variables),
    secrets: secretsOf(fn, variables),
    snapshots,
    provisions: snapshots && provisions(fn),
    pastAlias: fn.alias === undefined ? [] : pastAlias(fn, tree),
  };
}

/** Only for a durable function. */
export function durableOf(fn: IAppFunction): { readonly durable?: true } {
  return lambdaResource(fn.function).durableConfig === undefined ? {} : { durable: true };
}

/** The callers that wait for the function: the app's API, and methods of REST APIs that the user connected. */
function callersOf(fn: IAppFunction, tree: Tree): CallerInput[] {
  const { name, waitsSeconds, documentation } = HTTP_CALLER;
  const http = integrationsOf(fn).flatMap(({ node: { defaultChild } }): CallerInput[] =>
    defaultChild === undefined
      ? []
      : [
          {
            name,
            limitSeconds: secondsOf(defaultChild, 'timeoutInMillis') ?? waitsSeconds,
            source: documentation,
          },
        ],
  );
  return [...http, ...ownRestCallers(fn), ...restCallers(fn, tree), ...otherCallers(fn)];
}

/** The app's REST API. */
function ownRestCallers(fn: IAppFunction): CallerInput[] {
  const routes = HttpApis.of(fn).existingRest?.routes ?? [];
  return routes
    .filter((route) => route.fn === fn)
    .map(({ waitsSeconds = REST_API_TIMEOUT_SECONDS }) => ({
      name: 'a REST API',
      limitSeconds: waitsSeconds,
      source: REST_API,
    }));
}

/** Callers other than HTTP, each of which waits as long as its kind specifies. */
function otherCallers(fn: IAppFunction): CallerInput[] {
  const { functions } = AppContext.of(fn).model;
  const { path: own } = fn.node; // not in the loop: the CDK joins it anew each time
  const { triggers = [] } = functions.find(({ path }) => path === own) ?? {};
  return triggers.flatMap((trigger): CallerInput[] => {
    const { caller } = kindOf(trigger);
    return caller === undefined || caller === HTTP_CALLER
      ? []
      : [{ name: caller.name, limitSeconds: caller.waitsSeconds, source: caller.documentation }];
  });
}

function restCallers(fn: IAppFunction, { restMethods }: Tree): CallerInput[] {
  if (restMethods.size === 0) {
    return [];
  }
  return [fn.function, fn.target].flatMap(({ node, stack }) =>
    (restMethods.get(stack.getLogicalId(node.defaultChild as CfnElement)) ?? []).map((method) => ({
      name: 'a REST API',
      limitSeconds: secondsOf(method, 'timeoutInMillis') ?? REST_API_TIMEOUT_SECONDS,
      source: REST_API,
    })),
  );
}

function secondsOf(owner: object, property: string): number | undefined {
  const value = resolvedNumber(Reflect.get(owner, property));
  return value === undefined ? undefined : value / 1000;
}

function environmentOf(fn: IAppFunction, variables: ReadonlyMap<string, string>): EnvironmentInput {
  const values = [...variables.values()].filter((value) => Token.isUnresolved(value));
  const estimated = values.length;
  if (roughEnvironment(variables) < ENVIRONMENT_WORTH_MEASURING) {
    return { least: 0, likely: 0, estimated };
  }
  const resolved: unknown = Stack.of(fn).resolve(Object.fromEntries(variables));
  const bytes = (text: string): number => Buffer.byteLength(text);
  return {
    least: deployedSize(resolved, undefined, bytes),
    likely: deployedSize(resolved, defaultSize, bytes),
    estimated,
  };
}

/** An upper estimate of the size of an environment, without resolving it. */
export function roughEnvironment(variables: ReadonlyMap<string, string>): number {
  let characters = 0;
  for (const [name, value] of variables) {
    const tokens = Token.isUnresolved(value) ? Tokenization.reverseString(value).tokens : [];
    if (!tokens.every(isOneReference)) {
      return ENVIRONMENT_BYTES;
    }
    characters += name.length + value.length + tokens.length * TOKEN_CHARACTERS;
  }
  return characters;
}

/** Another kind of Token, such as that of `stack.toJsonString(…)`, can become any text. */
function isOneReference(token: IResolvable): boolean {
  return Reference.isReference(token) || token instanceof Intrinsic;
}

/** The usual length of the text behind a reference: a name, or an ARN. */
function defaultSize(reference: string): number {
  const [id = '', attribute] = reference.split('.');
  return id.length + (attribute?.endsWith('Arn') === true ? ARN_REST : NAME_REST);
}

function secretsOf(fn: IAppFunction, variables: ReadonlyMap<string, string>): SecretInput[] {
  return [...variables].flatMap(([variable, value]) => {
    const whole = !Token.isUnresolved(value);
    const because =
      seemsSecret(variable, value.replace(TOKEN, 'x'), whole) ??
      (resolvesToSecret(fn, value, whole)
        ? 'CloudFormation resolves to the secret itself'
        : undefined);
    return because === undefined ? [] : [{ variable, because }];
  });
}

/** CloudFormation replaces such a reference with the secret itself. */
function resolvesToSecret(fn: IAppFunction, value: string, whole: boolean): boolean {
  return (
    SECRET_REFERENCE.test(value) ||
    (!whole &&
      Tokenization.reverseString(value).tokens.some(
        (token) =>
          SecretValue.isSecretValue(token) ||
          (token instanceof CfnDynamicReference &&
            SECRET_REFERENCE.test(JSON.stringify(Stack.of(fn).resolve(token)))),
      ))
  );
}

function provisions(fn: IAppFunction): boolean {
  return fn.node
    .findAll()
    .some(
      (part) =>
        (part instanceof lambda.CfnAlias || part instanceof lambda.CfnVersion) &&
        part.provisionedConcurrencyConfig !== undefined,
    );
}

/** The references to the function itself, which invoke `$LATEST`. */
function pastAlias(fn: IAppFunction, tree: Tree): string[] {
  const { functionArn, functionName } = fn.function;
  return [
    functionArn,
    functionName,
    FunctionContext.of(fn).deterministicName,
    FunctionContext.of(fn).deterministicArn,
  ]
    .flatMap((name) => tree.runners.get(name) ?? [])
    .concat(machinesThatRun(fn, tree))
    .filter((part, i, all) => all.indexOf(part) === i)
    .map((part) => pathOf(part));
}

/** The state machines whose definition refers to the function itself. */
function machinesThatRun(fn: IAppFunction, { resources }: Tree): CfnResource[] {
  return resources
    .filter(({ cfnResourceType }) => cfnResourceType === 'AWS::StepFunctions::StateMachine')
    .filter((part) => {
      const machine = part.node.scope ?? part;
      const definition = definitionOf(machine);
      return definition !== undefined && refersTo(machine, definition, fn.function.functionArn);
    });
}

function pathOf(part: CfnResource): string {
  const owner: IConstruct | undefined = part.node.id === 'Resource' ? part.node.scope : part;
  return owner?.node.path ?? part.node.path;
}
