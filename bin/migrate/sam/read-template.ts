import type {
  ApiModel,
  CorsModel,
  Definition,
  FunctionModel,
  LayerModel,
  Note,
  ResourceModel,
  Settings,
  StateMachineModel,
} from '../model';
import { pascal } from '../names';
import { resourceOf } from '../read/resource';
import { flagOf, isMap, listOf, mapOf, numberOf, textOf, Value, ValueMap } from '../value';
import { readSamEvent, SamContext } from './events';
import { readPolicies } from './policies';

/** The defaults of Lambda, which SAM leaves in force. */
const DEFAULTS: Settings = { memorySize: 128, timeout: 3, architecture: 'x86_64', jsonLogs: false };

const FUNCTIONS = new Set(['AWS::Serverless::Function', 'AWS::Lambda::Function']);
const NOT_RESOURCES = new Set([
  ...FUNCTIONS,
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::LayerVersion',
  'AWS::Serverless::StateMachine',
  'AWS::Serverless::SimpleTable',
]);

/** Reads a template of SAM or of CloudFormation. */
export function readTemplate(document: ValueMap, file: string): Definition {
  const notes: Note[] = [];
  const note = (one: Note): void => void notes.push(one);
  const globals = mapOf(document.Globals);
  const all = Object.entries(mapOf(document.Resources)).map(
    ([id, value]) => [id, mapOf(value)] as const,
  );
  const ofType = (type: string): Array<readonly [string, ValueMap]> =>
    all.filter(([, one]) => one.Type === type).map(([id, one]) => [id, one]);
  const apis: Record<string, ValueMap> = {};
  for (const [kind, type] of [
    ['Api', 'AWS::Serverless::Api'],
    ['HttpApi', 'AWS::Serverless::HttpApi'],
  ] as const) {
    for (const [id, one] of ofType(type)) {
      apis[id] = { ...mapOf(globals[kind]), ...mapOf(one.Properties) };
    }
  }
  const context = { apis, note };
  const functions = all
    .filter(([, one]) => FUNCTIONS.has(textOf(one.Type) ?? ''))
    .map(([id, one]) => readFunction(id, one, mapOf(globals.Function), context, globals));
  const isSam =
    document.Transform !== undefined ||
    all.some(([, one]) => textOf(one.Type)?.startsWith('AWS::Serverless::') === true);
  for (const [id, one] of all) {
    if (one.Condition !== undefined && NOT_RESOURCES.has(textOf(one.Type) ?? '')) {
      note({
        kind: 'differs',
        at: `Resources.${id}`,
        text: `its condition ${textOf(one.Condition) ?? ''} is not carried over: the app always has it; write \`if\` around it`,
      });
    }
  }
  const name = (file.split(/[\\/]/).at(-2) ?? 'app').replace(/[^A-Za-z0-9-]/g, '-');
  return {
    origin: isSam ? 'SAM' : 'CloudFormation',
    file,
    name: /^[A-Za-z]/.test(name) ? name : 'app',
    stackName: `<the stack of ${file.split(/[\\/]/).at(-1) ?? ''}>`,
    defaultStage: 'dev',
    stages: [],
    api: apiOf(functions, all, apis, globals, note),
    defaults: { ...DEFAULTS, ...defined(settingsOf(mapOf(globals.Function))) },
    functions,
    resources: [
      ...all
        .filter(([, one]) => !NOT_RESOURCES.has(textOf(one.Type) ?? ''))
        .map(([id, one]) => resourceOf(id, one, 'Resources')),
      ...ofType('AWS::Serverless::SimpleTable').map(([id, one]) => simpleTable(id, one)),
    ],
    parameters: mapOf(document.Parameters),
    mappings: mapOf(document.Mappings),
    conditions: mapOf(document.Conditions),
    outputs: mapOf(document.Outputs),
    layers: ofType('AWS::Serverless::LayerVersion').map(([id, one]) =>
      readLayer(id, mapOf(one.Properties)),
    ),
    stateMachines: ofType('AWS::Serverless::StateMachine').map(([id, one]) =>
      readMachine(id, mapOf(one.Properties), note),
    ),
    notes,
  };
}

function defined(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function settingsOf(given: ValueMap): Settings {
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

function readFunction(
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
  const isZip =
    (given.PackageType ?? 'Zip') === 'Zip' &&
    given.ImageUri === undefined &&
    given.InlineCode === undefined &&
    mapOf(given.Code).ZipFile === undefined;
  if (!isZip) {
    context.note({
      kind: 'lost',
      at,
      text: 'code in the template and container images are not carried over: put the code into a file, or write `new lambda.DockerImageFunction(…)`',
    });
  }
  if (given.FunctionUrlConfig !== undefined) {
    context.note({
      kind: 'lost',
      at: `${at}.FunctionUrlConfig`,
      text: 'the function URL is not carried over, and a new one has another address: write `triggers: [Trigger.functionUrl({ authType: FunctionUrlAuthType.NONE })]` in the function',
    });
  }
  if (given.DeploymentPreference !== undefined) {
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
      text: 'SnapStart is not there for Node.js functions in a ZIP file',
    });
  }
  if (
    mapOf(mapOf(given.EventInvokeConfig).DestinationConfig).OnFailure !== undefined ||
    given.DeadLetterQueue !== undefined
  ) {
    context.note({
      kind: 'differs',
      at,
      text: 'the destination of failures is not carried over: what fails goes to the app’s failure queue',
    });
  }
  const events = Object.entries(mapOf(given.Events)).flatMap(([name, event]) =>
    readSamEvent(name, mapOf(event), context),
  );
  own.forEach(note);
  const code = textOf(given.CodeUri) ?? textOf(globals.CodeUri) ?? '.';
  const external = listOf(built.External).flatMap((one) => textOf(one) ?? []);
  return {
    id: pascal(id.replace(/Function$/, '') === '' ? id : id.replace(/Function$/, '')),
    at,
    logicalId: id,
    physicalName: given.FunctionName,
    handler: isZip ? (textOf(given.Handler) ?? textOf(globals.Handler)) : undefined,
    entryPoint:
      isZip && metadata.BuildMethod === 'esbuild'
        ? textOf(listOf(built.EntryPoints)[0])
        : undefined,
    code: plainFolder(code),
    settings: {
      ...settingsOf(given),
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

function simpleTable(id: string, resource: ValueMap): ResourceModel {
  const given = mapOf(resource.Properties);
  const key = mapOf(given.PrimaryKey);
  const name = textOf(key.Name) ?? 'id';
  const type = { String: 'S', Number: 'N', Binary: 'B' }[textOf(key.Type) ?? 'String'] ?? 'S';
  return resourceOf(
    id,
    {
      ...resource,
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        ...(given.TableName === undefined ? {} : { TableName: given.TableName }),
        AttributeDefinitions: [{ AttributeName: name, AttributeType: type }],
        KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
        ...(given.ProvisionedThroughput === undefined
          ? { BillingMode: 'PAY_PER_REQUEST' }
          : { ProvisionedThroughput: given.ProvisionedThroughput }),
        ...(given.SSESpecification === undefined
          ? {}
          : { SSESpecification: given.SSESpecification }),
      },
    },
    'Resources',
  );
}

function readLayer(logicalId: string, given: ValueMap): LayerModel {
  return {
    logicalId,
    path: textOf(given.ContentUri) ?? '.',
    name: given.LayerName,
    description: given.Description,
    runtimes: [],
    at: `Resources.${logicalId}`,
  };
}

function readMachine(
  logicalId: string,
  given: ValueMap,
  note: (note: Note) => void,
): StateMachineModel {
  const at = `Resources.${logicalId}`;
  if (given.Events !== undefined) {
    note({
      kind: 'lost',
      at: `${at}.Events`,
      text: 'events that start a state machine are not carried over: use `app.forwardRequest(…)`, a rule or a schedule',
    });
  }
  const policies = readPolicies(given.Policies, at, note);
  return {
    logicalId,
    name: given.Name,
    file: textOf(given.DefinitionUri)?.replace(/^\.\//, ''),
    definition: given.Definition,
    substitutions: mapOf(given.DefinitionSubstitutions),
    express: given.Type === 'EXPRESS',
    grants: policies.grants,
    statements: policies.statements,
    role: given.Role,
    at,
  };
}

function apiOf(
  functions: readonly FunctionModel[],
  all: ReadonlyArray<readonly [string, ValueMap]>,
  apis: Readonly<Record<string, ValueMap>>,
  globals: ValueMap,
  note: (note: Note) => void,
): ApiModel {
  const events = all.flatMap(([, one]) =>
    Object.values(mapOf(mapOf(one.Properties).Events)).map(mapOf),
  );
  const isRest = events.some(({ Type }) => Type === 'Api');
  const isHttp = events.some(({ Type }) => Type === 'HttpApi');
  const logicalIds = Object.keys(apis);
  if (!functions.some((fn) => fn.events.some(({ kind }) => kind === 'http'))) {
    return { kind: 'none', accessLog: false };
  }
  if ((isRest && isHttp) || logicalIds.length > 1) {
    note({
      kind: 'differs',
      at: 'Resources',
      text: 'the template has several APIs; an app has one, so all routes are in it',
    });
  }
  const [id = ''] = logicalIds;
  const given = apis[id] ?? mapOf(globals[isRest ? 'Api' : 'HttpApi']);
  const domain = mapOf(given.Domain);
  if (given.DefinitionBody !== undefined || given.DefinitionUri !== undefined) {
    note({
      kind: 'lost',
      at: `Resources.${id}`,
      text: 'the OpenAPI definition of the API is not carried over: the app has the routes of the functions’ events',
    });
  }
  return {
    kind: isRest ? 'rest' : 'http',
    logicalIds,
    stageName: isRest ? (given.StageName ?? 'Prod') : undefined,
    cors: corsOf(given.Cors ?? given.CorsConfiguration),
    accessLog: given.AccessLogSetting !== undefined || given.AccessLogSettings !== undefined,
    endpointType:
      textOf(
        isMap(given.EndpointConfiguration)
          ? given.EndpointConfiguration.Type
          : given.EndpointConfiguration,
      ) ?? (isRest ? 'EDGE' : undefined),
    binaryMediaTypes:
      given.BinaryMediaTypes === undefined
        ? undefined
        : listOf(given.BinaryMediaTypes).map((one) => textOf(one)?.replaceAll('~1', '/')),
    tracing: flagOf(given.TracingEnabled) === true ? true : undefined,
    payload1: functions.some((fn) =>
      fn.events.some((event) => event.kind === 'http' && event.payload1 === true),
    )
      ? true
      : undefined,
    domain:
      domain.DomainName === undefined
        ? undefined
        : { name: domain.DomainName, path: textOf(listOf(domain.BasePath)[0])?.replace(/^\//, '') },
  };
}

/** In SAM a text is a JavaScript-like literal: `"'GET,POST'"`. */
function corsOf(value: Value): CorsModel | undefined {
  if (value === undefined || value === false) {
    return undefined;
  }
  const plain = (one: Value): Value => (typeof one === 'string' ? one.replace(/^'|'$/g, '') : one);
  const split = (one: Value): readonly Value[] | undefined =>
    one === undefined
      ? undefined
      : listOf(one).flatMap((part): readonly Value[] => {
          const text = plain(part);
          return typeof text === 'string' ? text.split(',').map((word) => word.trim()) : [text];
        });
  const given =
    isMap(value) && (value.AllowOrigin ?? value.AllowOrigins) !== undefined ? value : undefined;
  const map = mapOf(value);
  return {
    origins: split(
      given === undefined
        ? typeof value === 'string'
          ? value
          : '*'
        : (given.AllowOrigin ?? given.AllowOrigins),
    ) ?? ['*'],
    headers: split(map.AllowHeaders),
    methods: split(map.AllowMethods),
    credentials: flagOf(plain(map.AllowCredentials)) === true ? true : undefined,
    maxAge: numberOf(plain(map.MaxAge)),
  };
}

/** `./src/` is `src`. */
function plainFolder(code: string): string {
  const plain = code.replace(/^\.\//, '').replace(/\/$/, '');
  return plain === '' ? '.' : plain;
}
