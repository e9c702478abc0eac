import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct, RootConstruct } from 'constructs';
import type { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { Sites } from '../site/sites';
import { HttpApis } from '../http/http-apis';
import { SocketApis } from '../http/socket/socket-apis';
import { SocketRoute } from '../http/socket/socket-route';
import { CONNECT } from '../kinds/web-socket-kind';
import { FunctionRole } from '../function/function-role';
import {
  ACTIONS_WITHOUT_RESOURCE,
  CONNECTIONS_TABLE,
  DEVELOPMENT_BUCKET,
  FAILURE_QUEUE,
  FAILURE_RULE,
  MAIL,
  NOT_ASYNCHRONOUS,
  ON_FAILURE,
  QUEUE_MAPPING,
  REST_API,
  REST_STAGE,
  REST_TRACING,
  RuleReasons,
  SITE_CERTIFICATE,
  SITE_GEOGRAPHY,
  SITE_LOGS,
  SITE_WEB_ACL,
  SOCKET_ROUTE,
  TRACING,
  WITHOUT_RESOURCE,
} from '../core/acknowledged-rules';
import { AppBucket } from '../storage/app-bucket';
import { lambdaResource } from '../function/app-lambda';
import { AppContext } from '../core/app-context';
import { FunctionContext } from '../core/function-context';
import { Notifications } from '../monitoring/notifications';
import { Failures } from '../failure/failures';
import { AccessLogs } from '../storage/access-logs';
import { Rollouts } from '../function/rollouts';
import type { IAppFunction, IServerlessApp } from '../core/contract';

/**
 * Acknowledges the known findings of policy packs such as cdk-nag about the app's own resources: on the resource itself, and for
 * a policy on the individual statement. The template does not change. It runs as a validation, because only then references
 * between stacks have the form that packs read.
 */
export function acknowledgeFindings(app: IServerlessApp): string[] {
  AppContext.of(app).functions.forEach(acknowledgeFunction);
  const { existingQueue, existingFifoQueue } = Failures.of(app);
  for (const queue of [existingQueue, existingFifoQueue]) {
    if (queue?.node.scope === app) {
      acknowledge(resourceOf(queue), FAILURE_QUEUE);
    }
  }
  const rule = app.node.tryFindChild('FailureRule');
  if (rule !== undefined) {
    acknowledge(resourceOf(rule), FAILURE_RULE);
  }
  acknowledgeRestApi(app);
  acknowledgeSockets(app);
  acknowledgeSites(app);
  Notifications.of(app).subscriptions.forEach((mail) => {
    acknowledge(resourceOf(mail), MAIL);
  });
  AccessLogs.of(app).unlogged.forEach((bucket) => {
    acknowledge(resourceOf(bucket), DEVELOPMENT_BUCKET);
  });
  const { existingRole, wildcards } = Rollouts.of(app);
  if (existingRole !== undefined) {
    acknowledgeWildcards(resourceOf(existingRole.node.findChild('DefaultPolicy')), wildcards);
  }
  return [];
}

function acknowledgeRestApi(app: IServerlessApp): void {
  const { existingRest } = HttpApis.of(app);
  if (existingRest?.stage !== undefined) {
    const stage = resourceOf(existingRest.stage) as CfnStage;
    acknowledge(resourceOf(existingRest.api), REST_API);
    acknowledge(stage, { ...REST_STAGE, ...(stage.tracingEnabled === true ? {} : REST_TRACING) });
  }
}

function acknowledgeSockets(app: IServerlessApp): void {
  const { existing } = SocketApis.of(app);
  if (existing !== undefined) {
    existing.routes
      .filter(({ routeKey }) => routeKey !== CONNECT)
      .forEach((route: SocketRoute) => {
        acknowledge(resourceOf(route), SOCKET_ROUTE);
      });
  }
  AppContext.of(app)
    .model.tables.filter(({ temporary }) => temporary === true)
    .forEach(({ id }) => {
      acknowledge(resourceOf(app.node.findChild(id)), CONNECTIONS_TABLE);
    });
}

function acknowledgeSites(app: IServerlessApp): void {
  for (const { site, props } of Sites.of(app).all) {
    acknowledge(resourceOf(site.distribution), {
      ...(props.geoRestriction === undefined ? SITE_GEOGRAPHY : {}),
      ...(props.webAclArn === undefined ? SITE_WEB_ACL : {}),
      ...(props.accessLogBucket === undefined ? SITE_LOGS : {}),
      ...(props.domain === undefined ? SITE_CERTIFICATE : {}),
    });
  }
}

function acknowledgeFunction(fn: IAppFunction): void {
  const { deadLetterConfig, tracingConfig } = lambdaResource(fn.function);
  acknowledge(resourceOf(fn.function), {
    ...(deadLetterConfig === undefined
      ? FunctionContext.of(fn).isAsync
        ? ON_FAILURE
        : NOT_ASYNCHRONOUS
      : {}),
    ...(tracingConfig === undefined ? TRACING : {}),
  });
  const role = resourceOf(fn.role);
  acknowledgeWildcards(role, FunctionContext.of(fn).wildcards);
  if (fn.role instanceof FunctionRole && needsNoResource(fn.role.broadActions)) {
    acknowledge(role, WITHOUT_RESOURCE);
  }
  FunctionContext.of(fn).queueMappings.forEach((mapping) => {
    acknowledge(resourceOf(mapping), QUEUE_MAPPING);
  });
  FunctionContext.of(fn).managedPolicies.forEach((reasons) => {
    acknowledge(role, reasons);
  });
}

/** A pack does not distinguish a role's statements on `*`, so a statement that the user added must not hide behind one of ours. */
function needsNoResource(actions: ReadonlySet<string>): boolean {
  return actions.size > 0 && [...actions].every((action) => action in ACTIONS_WITHOUT_RESOURCE);
}

function acknowledgeWildcards(node: IConstruct, wildcards: ReadonlyMap<string, string>): void {
  for (const [arn, reason] of wildcards) {
    const resource = asText(node, arn);
    if (resource !== '') {
      acknowledge(node, { [findingOf(resource)]: reason });
    }
  }
}

function findingOf(resource: string): string {
  return `AwsSolutions-IAM5[Resource::${resource}]`;
}

/** The resource of a policy in the notation of a pack: `<Orders1DDF4F53.Arn>/index`. */
function asText(node: IConstruct, arn: string): string {
  const known = AppBucket.withDeterministicNames(node, arn);
  const resolved: unknown = Stack.of(node).resolve(known);
  return flatten(AppBucket.withDeterministicValues(node, resolved));
}

function flatten(value: unknown): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'string') {
    return value.replaceAll('${', '<').replaceAll('}', '>');
  }
  const intrinsic = value as Readonly<Record<string, unknown>>;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, 'Fn::ImportValue': imported, Ref } = intrinsic;
  if (Array.isArray(join)) {
    const [separator, parts] = join as [string, unknown[]];
    return parts.map(flatten).join(separator);
  }
  if (Array.isArray(attribute)) {
    return `<${attribute.map(flatten).join('.')}>`;
  }
  if (imported !== undefined) {
    return flatten(imported);
  }
  return Ref === undefined ? JSON.stringify(value) : `<${flatten(Ref)}>`;
}

function resourceOf(construct: IConstruct): IConstruct {
  return construct.node.defaultChild ?? construct;
}

/**
 * Writes what `Validations.acknowledge` writes. That method also records the caller of each call, which takes a third of a
 * millisecond per function, and handles the CDK's own warnings, which this does not need.
 */
function acknowledge(construct: IConstruct, reasons: RuleReasons): void {
  const { node } = construct;
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  const known = new Set(
    node.metadata
      .filter(({ type }) => type === key)
      .flatMap(({ data }) => Object.keys(data as object)),
  );
  const rules = Object.entries(reasons)
    .map(([id, reason]) => [`${sourcePrefix()}${id}`, reason] as const)
    .filter(([id]) => !known.has(id)); // Left by an earlier synthesis of the same app.
  if (rules.length > 0) {
    node.addMetadata(key, Object.fromEntries(rules));
  }
}

let prefix: string | undefined;

/** What the CDK puts before an id without a source: `Annotation::`, which older releases write in lower case. */
function sourcePrefix(): string {
  if (prefix === undefined) {
    const probe = new RootConstruct('Probe');
    Validations.of(probe).acknowledge({ id: 'x', reason: 'x' });
    const [record] = probe.node.metadata.filter(
      ({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY,
    );
    prefix = Object.keys(record?.data as object)[0]?.replace(/x$/, '') ?? '';
  }
  return prefix;
}
