import * as path from 'node:path';
import type { CorsModel, EventOf, FunctionModel, Note, Settings } from '../model';
import { pascal } from '../names';
import { noteUnknownIn, SAM_PARTS } from '../read/nested-keys';
import { FUNCTION_URL, ON_SUCCESS, SNAP_START } from '../read/remedies';
import { noteUnknownKeys, SAM_KEYS } from '../read/unknown-keys';
import { flagOf, isMap, listOf, mapOf, numberOf, textOf, Value, ValueMap } from '../value';
import type { SamContext } from './event-context';
import { readSamEvent } from './events';
import { readPolicies } from './policies';

export function settingsOf(given: ValueMap): Settings {
  const vpc = mapOf(given.VpcConfig);
  const architecture = textOf(listOf(given.Architectures)[0]);
  const format = textOf(mapOf(given.LoggingConfig).LogFormat);
  return {
    runtime: textOf(given.Runtime),
    architecture: architecture === 'arm64' || architecture === 'x86_64' ? architecture : undefined,
    memorySize: given.MemorySize,
    timeout: given.Timeout,
    environment: isMap(mapOf(given.Environment).Variables)
      ? mapOf(mapOf(given.Environment).Variables)
      : undefined,
    layers: given.Layers === undefined ? undefined : listOf(given.Layers),
    vpc:
      vpc.SubnetIds === undefined
        ? undefined
        : { securityGroups: vpc.SecurityGroupIds ?? [], subnets: vpc.SubnetIds },
    tracing:
      given.Tracing === undefined && given.TracingConfig === undefined
        ? undefined
        : (given.Tracing ?? mapOf(given.TracingConfig).Mode) === 'Active',
    description: given.Description,
    functionName: given.FunctionName,
    ephemeralStorage: numberOf(mapOf(given.EphemeralStorage).Size),
    reservedConcurrency: given.ReservedConcurrentExecutions,
    provisionedConcurrency: mapOf(given.ProvisionedConcurrencyConfig)
      .ProvisionedConcurrentExecutions,
    retryAttempts: numberOf(mapOf(given.EventInvokeConfig).MaximumRetryAttempts),
    maxEventAge: numberOf(mapOf(given.EventInvokeConfig).MaximumEventAgeInSeconds),
    jsonLogs: format === undefined ? undefined : format === 'JSON',
    role: given.Role,
    kmsKeyArn: given.KmsKeyArn,
    permissionsBoundary: given.PermissionsBoundary,
  };
}

export function readFunction(
  id: string,
  resource: ValueMap,
  globals: ValueMap,
  {
    apis,
    note,
  }: { readonly apis: Readonly<Record<string, ValueMap>>; readonly note: (note: Note) => void },
  allGlobals: ValueMap,
): FunctionModel {
  const given = mapOf(resource.Properties);
  const at = `Resources.${id}`;
  const own: Note[] = [];
  const context: SamContext = {
    at,
    apis,
    globals: { ...mapOf(allGlobals.Api), ...mapOf(allGlobals.HttpApi) },
    note: (one) => void own.push(one),
  };
  const policies = readPolicies(given.Policies, at, context.note);
  const metadata = mapOf(resource.Metadata);
  const built = mapOf(metadata.BuildProperties);
  // `Globals` apply to functions of SAM alone.
  const all = resource.Type === 'AWS::Lambda::Function' ? given : { ...globals, ...given };
  noteUnknownKeys(all, SAM_KEYS, at, context.note);
  noteUnknownIn(all, SAM_PARTS, at, context.note);
  const isZip =
    (given.PackageType ?? 'Zip') === 'Zip' &&
    given.ImageUri === undefined &&
    mapOf(given.Code).ImageUri === undefined;
  const inline = isZip ? (given.InlineCode ?? mapOf(given.Code).ZipFile) : undefined;
  if (!isZip) {
    context.note({
      kind: 'lost',
      at,
      text: 'a container image is not carried over: write `new lambda.DockerImageFunction(…)`',
    });
  }
  if (given.FunctionUrlConfig !== undefined) {
    context.note({
      kind: 'differs',
      at: `${at}.FunctionUrlConfig`,
      text: FUNCTION_URL,
    });
  }
  if (all.DeploymentPreference !== undefined) {
    context.note({
      kind: 'lost',
      at: `${at}.DeploymentPreference`,
      text: 'write `rollout: Rollout.canary(…)` or `Rollout.linear(…)`',
    });
  }
  if (given.SnapStart !== undefined) {
    context.note({
      kind: 'lost',
      at: `${at}.SnapStart`,
      text: SNAP_START,
    });
  }
  if (mapOf(mapOf(given.EventInvokeConfig).DestinationConfig).OnSuccess !== undefined) {
    context.note({
      kind: 'lost',
      at: `${at}.EventInvokeConfig.DestinationConfig.OnSuccess`,
      text: ON_SUCCESS,
    });
  }
  if (all.AutoPublishAlias !== undefined) {
    context.note({
      kind: 'differs',
      at: `${at}.AutoPublishAlias`,
      text: 'the function gets an alias only with `rollout` or provisioned concurrency; callers that name the alias must name `fn.target`',
    });
  }
  if (
    mapOf(mapOf(given.EventInvokeConfig).DestinationConfig).OnFailure !== undefined ||
    all.DeadLetterQueue !== undefined ||
    all.DeadLetterConfig !== undefined
  ) {
    context.note({
      kind: 'differs',
      at,
      text: 'the failure destination is not carried over: failed events go to the app’s failure queue',
    });
  }
  const events = [
    ...Object.entries(mapOf(given.Events)).flatMap(([name, event]) =>
      readSamEvent(name, mapOf(event), context),
    ),
    ...urlOf(given.FunctionUrlConfig),
  ];
  own.forEach(note);
  const code = textOf(given.CodeUri) ?? textOf(globals.CodeUri) ?? '.';
  const external = listOf(built.External).flatMap((one) => textOf(one) ?? []);
  return {
    id: pascal(id.replace(/Function$/, '') === '' ? id : id.replace(/Function$/, '')),
    at,
    logicalId: id,
    physicalName: given.FunctionName,
    inline,
    handler: isZip ? (textOf(given.Handler) ?? textOf(globals.Handler)) : undefined,
    entryPoint:
      isZip && metadata.BuildMethod === 'esbuild'
        ? textOf(listOf(built.EntryPoints)[0])
        : undefined,
    // `src/app.js` alone is the package; the handler is relative to its folder.
    code: plainFolder(/\.[cm]?[jt]sx?$/.test(code) ? path.posix.dirname(code) : code),
    settings: {
      ...settingsOf(given),
      tags: tagsOf(globals.Tags, given.Tags),
      ...(metadata.BuildMethod === 'esbuild' && {
        bundling: {
          minify: flagOf(built.Minify) === true ? undefined : false,
          sourceMap: flagOf(built.Sourcemap) === true ? true : undefined,
          external: external.length === 0 ? undefined : external,
        },
      }),
    },
    events,
    grants: policies.grants,
    statements: policies.statements,
    managedPolicies: policies.managed,
    condition: textOf(resource.Condition),
    notes: own,
  };
}

/** Tags as a map, or as CloudFormation's list of keys and values. */
function tagsOf(...given: readonly Value[]): ValueMap | undefined {
  const all = given.flatMap((tags) =>
    isMap(tags)
      ? Object.entries(tags)
      : listOf(tags).map((one) => [textOf(mapOf(one).Key) ?? '', mapOf(one).Value] as const),
  );
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

function urlOf(config: Value): EventOf<'url'>[] {
  if (config === undefined) {
    return [];
  }
  const { AuthType, Cors, InvokeMode } = mapOf(config);
  return [
    {
      kind: 'url',
      isOpen: AuthType === 'NONE',
      stream: InvokeMode === 'RESPONSE_STREAM',
      cors: Cors === undefined ? undefined : urlCorsOf(mapOf(Cors)),
    },
  ];
}

function urlCorsOf(given: ValueMap): CorsModel {
  const optional = (value: Value): readonly Value[] | undefined =>
    value === undefined ? undefined : listOf(value);
  return {
    origins: optional(given.AllowOrigins) ?? ['*'],
    headers: optional(given.AllowHeaders),
    methods: optional(given.AllowMethods),
    credentials: flagOf(given.AllowCredentials) === true ? true : undefined,
    maxAge: numberOf(given.MaxAge),
    exposed: optional(given.ExposeHeaders),
  };
}

/** `./src/` is `src`. */
function plainFolder(code: string): string {
  const plain = code.replace(/^\.\//, '').replace(/\/$/, '');
  return plain === '' ? '.' : plain;
}
