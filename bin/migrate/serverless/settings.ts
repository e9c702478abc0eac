import type { BundlingModel, Note, Settings, StatementModel, VpcModel } from '../model';
import { flagOf, isMap, listOf, mapOf, numberOf, textOf, Value, ValueMap } from '../value';

/** The settings that `provider` and each function have in common. */
export function readSettings(given: ValueMap, note: (note: Note) => void, at: string): Settings {
  return {
    runtime: textOf(given.runtime),
    architecture: architectureOf(given.architecture),
    memorySize: given.memorySize,
    timeout: given.timeout,
    environment: isMap(given.environment) ? withoutNull(given.environment) : undefined,
    layers: given.layers === undefined ? undefined : listOf(given.layers),
    vpc: vpcOf(given.vpc),
    tracing: tracingOf(given),
    ephemeralStorage: numberOf(given.ephemeralStorageSize),
    reservedConcurrency: given.reservedConcurrency,
    provisionedConcurrency: given.provisionedConcurrency,
    kmsKeyArn: given.kmsKeyArn ?? given.awsKmsKeyArn,
    jsonLogs: jsonLogs(given),
    tags: isMap(given.tags) ? given.tags : undefined,
    ...(at !== 'provider' && {
      description: given.description,
      functionName: given.name,
      retryAttempts: numberOf(given.maximumRetryAttempts),
      maxEventAge: numberOf(given.maximumEventAge),
    }),
    role: roleOf(given, note, at),
    permissionsBoundary:
      mapOf(mapOf(given.iam).role).permissionsBoundary ?? given.rolePermissionsBoundary,
  };
}

function withoutNull(environment: ValueMap): ValueMap {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== null && value !== undefined),
  );
}

function architectureOf(value: Value): Settings['architecture'] {
  return value === 'arm64' || value === 'x86_64' ? value : undefined;
}

function vpcOf(value: Value): VpcModel | undefined {
  const { securityGroupIds, subnetIds } = mapOf(value);
  return securityGroupIds === undefined || subnetIds === undefined
    ? undefined
    : { securityGroups: securityGroupIds, subnets: subnetIds };
}

function tracingOf(given: ValueMap): boolean | undefined {
  const tracing = isMap(given.tracing) ? given.tracing.lambda : given.tracing;
  return tracing === undefined
    ? undefined
    : tracing === true || tracing === 'true' || tracing === 'Active';
}

function jsonLogs(given: ValueMap): boolean | undefined {
  const format = textOf(mapOf(mapOf(given.logs).lambda).logFormat ?? mapOf(given.logs).logFormat);
  return format === undefined ? undefined : format.toUpperCase() === 'JSON';
}

function roleOf(given: ValueMap, note: (note: Note) => void, at: string): Value {
  const iam = mapOf(given.iam);
  const role = isMap(iam.role) ? undefined : iam.role;
  const stated = given.role ?? role;
  const path = mapOf(iam.role).path;
  if (path !== undefined) {
    note({
      kind: 'lost',
      at,
      text: `the path ${textOf(path) ?? ''} of the role is not carried over: the library creates the roles; if your organization requires the path, set \`role\` to your own role`,
    });
  }
  return stated;
}

/** `iamRoleStatements`, and `iam.role.statements`. */
export function statementsOf(given: ValueMap): StatementModel[] {
  const role = mapOf(mapOf(given.iam).role);
  return [...listOf(given.iamRoleStatements), ...listOf(role.statements)].map(statementOf);
}

export function statementOf(value: Value): StatementModel {
  const given = mapOf(value);
  return {
    effect: textOf(given.Effect) ?? 'Allow',
    actions: given.Action,
    notActions: given.NotAction,
    resources: given.Resource,
    notResources: given.NotResource,
    condition: given.Condition,
    sid: given.Sid,
  };
}

export function managedPoliciesOf(given: ValueMap): readonly Value[] {
  return [
    ...listOf(given.iamManagedPolicies),
    ...listOf(mapOf(mapOf(given.iam).role).managedPolicies),
  ];
}

/** `custom.esbuild`, `build.esbuild` of version 4, and `custom.webpack`. */
export function bundlingOf(
  document: ValueMap,
  note: (note: Note) => void,
): BundlingModel | undefined {
  const custom = mapOf(document.custom);
  const esbuild = mapOf(custom.esbuild ?? mapOf(document.build).esbuild);
  const webpack = mapOf(custom.webpack);
  if (custom.webpack !== undefined) {
    note({
      kind: 'differs',
      at: 'custom.webpack',
      text: 'esbuild bundles the handlers instead of webpack; loaders and plugins of the webpack configuration do not run',
    });
  }
  const plugins = esbuild.plugins;
  if (plugins !== undefined) {
    note({
      kind: 'lost',
      at: 'custom.esbuild.plugins',
      text: 'esbuild plugins are not carried over: the library does not support them; use `define`, `loader` or `copyFiles`',
    });
  }
  const forced = listOf(mapOf(webpack.includeModules).forceInclude);
  const installed = [...listOf(esbuild.external), ...forced].flatMap((one) => textOf(one) ?? []);
  const excluded = listOf(esbuild.exclude).flatMap((one) => textOf(one) ?? []);
  const model: BundlingModel = {
    minify: esbuild.minify === undefined ? undefined : flagOf(esbuild.minify),
    sourceMap:
      mapOf(esbuild).sourcemap === undefined || esbuild.sourcemap === false ? undefined : true,
    keepNames: flagOf(esbuild.keepNames) === true ? true : undefined,
    nodeModules: names(installed),
    external: names(excluded.filter((one) => one !== '*')),
    define: textsOf(esbuild.define),
    loader: textsOf(esbuild.loader),
    tsconfig: textOf(esbuild.tsconfig),
  };
  return Object.values(model).every((one) => one === undefined) ? undefined : model;
}

function names(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : [...new Set(list)];
}

function textsOf(value: Value): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(mapOf(value)).map(
    ([key, one]) => [key, textOf(one) ?? ''] as const,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
