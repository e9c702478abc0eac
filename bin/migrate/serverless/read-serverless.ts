import * as path from 'node:path';
import { UserError } from '../../user-error';
import type {
  ApiModel,
  Definition,
  DomainModel,
  EventModel,
  FunctionModel,
  LayerModel,
  Note,
  ResourceModel,
  Settings,
} from '../model';
import { pascal, UniqueNames } from '../names';
import {
  ByStage,
  flagOf,
  isMap,
  Join,
  listOf,
  mapOf,
  numberOf,
  STAGE,
  textOf,
  Value,
  ValueMap,
} from '../value';
import { corsOf, EventContext, readEvent } from './events';
import { functionLogicalId, normalized } from './logical-names';
import { hasPlugin, notePlugins } from './plugins';
import { bundlingOf, managedPoliciesOf, readSettings, statementsOf } from './settings';
import { readStepFunctions } from './step-functions';
import { Variables } from './variables';

/** The defaults of the Serverless Framework: https://www.serverless.com/framework/docs/providers/aws/guide/functions */
const DEFAULTS: Settings = {
  memorySize: 1024,
  timeout: 6,
  architecture: 'x86_64',
  jsonLogs: false,
};

/** Reads a definition of the Serverless Framework, versions 1 to 4. */
export function readServerless(document: ValueMap, file: string): Definition {
  const notes: Note[] = [];
  const note = (one: Note): void => void notes.push(one);
  const variables = new Variables(document, path.dirname(file));
  const at = (value: Value): Value =>
    settled(variables.resolve(value), variables.defaultStage, note);
  const provider = mapOf(at(document.provider));
  if (provider.name !== undefined && provider.name !== 'aws') {
    throw new UserError(
      `${file} is for the provider ${textOf(provider.name) ?? ''}`,
      'only definitions for AWS can be migrated',
    );
  }
  const resolved: ValueMap = {
    ...document,
    custom: at(document.custom),
    plugins: at(document.plugins),
    build: at(document.build),
    constructs: document.constructs,
  };
  notePlugins(resolved, note);
  noteOthers(document, provider, note);
  const functions = readFunctions(document, provider, at, note);
  const resources = readResources(at(document.resources), note);
  const name =
    textOf(at(isMap(document.service) ? document.service.name : document.service)) ?? 'app';
  const definition: Definition = {
    origin: 'Serverless Framework',
    file,
    name,
    stackName: provider.stackName ?? new Join([name, '-', STAGE]),
    region: textOf(provider.region),
    defaultStage: variables.defaultStage,
    stages: stagesOf(resolved),
    api: apiOf(provider, resolved, functions, at(document.functions), note),
    defaults: {
      ...DEFAULTS,
      ...definedOf(readSettings(provider, note, 'provider')),
      bundling: bundlingOf(resolved, note),
    },
    functions,
    ...resources,
    layers: readLayers(at(document.layers)),
    stateMachines: readStepFunctions(at(document.stepFunctions), note),
    tags:
      isMap(provider.tags) || isMap(provider.stackTags)
        ? { ...mapOf(provider.stackTags), ...mapOf(provider.tags) }
        : undefined,
    notes: [],
  };
  for (const { text, reason } of variables.unresolved) {
    note({ kind: 'lost', at: 'variables', text: `${text} has no value: ${reason}` });
  }
  return { ...definition, notes: unique(notes) };
}

function unique(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((one) => [`${one.at} ${one.text}`, one])).values()];
}

/** Where a whole part depends on the stage, the one of the default stage. Single values stay as they are. */
function settled(value: Value, stage: string, note: (note: Note) => void): Value {
  if (value instanceof ByStage) {
    const one = value.values[stage] ?? value.fallback ?? Object.values(value.values)[0];
    const isPart = isMap(one) || Array.isArray(one);
    if (!isPart) {
      return value;
    }
    if (isEqualInAll(value)) {
      return settled(one, stage, note);
    }
    if (isMap(one)) {
      return byKeys(value, stage, note);
    }
    note({
      kind: 'check',
      at: 'stages',
      text: `a part differs by stage; app.ts has the one of \`${stage}\`: ${JSON.stringify(one).slice(0, 80)}`,
    });
    return settled(one, stage, note);
  }
  if (Array.isArray(value)) {
    return value.map((one: Value) => settled(one, stage, note));
  }
  return isMap(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, settled(one, stage, note)]),
      )
    : value;
}

function isEqualInAll({ values, fallback }: ByStage): boolean {
  const texts = [...Object.values(values), ...(fallback === undefined ? [] : [fallback])].map(
    (one) => JSON.stringify(one),
  );
  return new Set(texts).size === 1 && fallback !== undefined;
}

/** A map for each stage becomes one map whose values depend on the stage. */
function byKeys(value: ByStage, stage: string, note: (note: Note) => void): Value {
  const keys = [...new Set(Object.values(value.values).flatMap((one) => Object.keys(mapOf(one))))];
  return Object.fromEntries(
    keys.map((key) => {
      const values = Object.entries(value.values).map(
        ([name, one]) => [name, mapOf(one)[key]] as const,
      );
      const given = values.filter(([, one]) => one !== undefined);
      const fallback = mapOf(value.fallback)[key];
      return [key, settled(new ByStage(Object.fromEntries(given), fallback), stage, note)];
    }),
  );
}

function definedOf(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function readFunctions(
  document: ValueMap,
  provider: ValueMap,
  at: (value: Value) => Value,
  note: (note: Note) => void,
): FunctionModel[] {
  const given = at(document.functions);
  const all = Object.assign({}, ...listOf(given).map(mapOf)) as ValueMap;
  const ids = new UniqueNames();
  const names = Object.keys(all);
  const shared = statementsOf(provider);
  const perFunction = hasPlugin(
    { plugins: at(document.plugins) },
    'serverless-iam-roles-per-function',
  );
  return names.map((name) => {
    const one = mapOf(all[name]);
    const where = `functions.${name}`;
    const own: Note[] = [];
    const context: EventContext = {
      at: where,
      authorizers: mapOf(mapOf(provider.httpApi).authorizers),
      functionIds: names,
      note: (found) => void own.push(found),
    };
    const events = listOf(one.events).flatMap((event) => readEvent(event, context));
    noteFunction(one, where, context.note);
    const ownStatements = statementsOf(one);
    const inherits =
      !perFunction || ownStatements.length === 0 || one.iamRoleStatementsInherit === true;
    own.forEach(note);
    return {
      id: ids.claim(pascal(name)),
      at: where,
      logicalId: functionLogicalId(name),
      physicalName:
        one.name ??
        new Join([
          textOf(at(isMap(document.service) ? document.service.name : document.service)) ?? 'app',
          '-',
          STAGE,
          `-${name}`,
        ]),
      handler: textOf(one.handler),
      code: '.',
      settings: {
        ...readSettings(one, context.note, where),
        architecture:
          one.architecture === 'arm64' || one.architecture === 'x86_64'
            ? one.architecture
            : undefined,
      },
      events,
      grants: [],
      statements: [...(inherits ? shared : []), ...ownStatements],
      managedPolicies: [...managedPoliciesOf(provider), ...managedPoliciesOf(one)],
      condition: textOf(one.condition),
      onFailure: failureOf(one),
      notes: own,
    };
  });
}

function failureOf(one: ValueMap): Value {
  return one.onError ?? mapOf(one.destinations).onFailure;
}

function noteFunction(one: ValueMap, at: string, note: (note: Note) => void): void {
  if (one.image !== undefined) {
    note({
      kind: 'lost',
      at,
      text: 'a container image is not carried over: write `new lambda.DockerImageFunction(…)`',
    });
  }
  if (one.url !== undefined && one.url !== false) {
    note({
      kind: 'lost',
      at: `${at}.url`,
      text: 'the function URL is not carried over, and a new one has another address: write `triggers: [Trigger.functionUrl({ authType: FunctionUrlAuthType.NONE })]` in the function',
    });
  }
  if (failureOf(one) !== undefined) {
    note({
      kind: 'differs',
      at: one.onError === undefined ? `${at}.destinations.onFailure` : `${at}.onError`,
      text: 'failed asynchronous events go to the failure queue of the app; for another destination write `onFailure: new SqsDestination(…)` in the function',
    });
  }
  if (mapOf(one.destinations).onSuccess !== undefined) {
    note({
      kind: 'lost',
      at: `${at}.destinations.onSuccess`,
      text: 'write `onSuccess: new LambdaDestination(…)` in the function',
    });
  }
  if (one.fileSystemConfig !== undefined) {
    note({
      kind: 'lost',
      at: `${at}.fileSystemConfig`,
      text: 'write `filesystem: FileSystem.fromEfsAccessPoint(…)` in the function',
    });
  }
  if (one.snapStart === true) {
    note({
      kind: 'lost',
      at: `${at}.snapStart`,
      text: 'SnapStart is not there for Node.js functions in a ZIP file',
    });
  }
  for (const key of ['package', 'warmup', 'disableLogs', 'durableConfig', 'tenancy']) {
    if (one[key] !== undefined) {
      note({
        kind: 'check',
        at: `${at}.${key}`,
        text:
          key === 'package'
            ? 'patterns of files are not carried over: the bundle holds what the handler imports; `bundling: { copyFiles: [{ source: … }] }` adds others'
            : `\`${key}\` is not carried over`,
      });
    }
  }
}

function readResources(
  given: Value,
  note: (note: Note) => void,
): Pick<Definition, 'resources' | 'outputs' | 'conditions' | 'parameters' | 'mappings'> {
  const parts = listOf(given).map(mapOf);
  const merged = (key: string): ValueMap =>
    Object.assign({}, ...parts.flatMap((part) => listOf(part[key]).map(mapOf))) as ValueMap;
  const extensions = Object.keys(merged('extensions'));
  for (const id of extensions) {
    note({
      kind: 'lost',
      at: `resources.extensions.${id}`,
      text: 'it changes a resource of the framework, which the app does not have',
    });
  }
  return {
    resources: Object.entries(merged('Resources')).map(([logicalId, value]) =>
      resourceOf(logicalId, mapOf(value), 'resources.Resources'),
    ),
    outputs: merged('Outputs'),
    conditions: merged('Conditions'),
    parameters: merged('Parameters'),
    mappings: merged('Mappings'),
  };
}

export function resourceOf(logicalId: string, value: ValueMap, at: string): ResourceModel {
  return {
    logicalId,
    type: textOf(value.Type) ?? '',
    properties: mapOf(value.Properties),
    dependsOn: listOf(value.DependsOn).flatMap((one) => textOf(one) ?? []),
    condition: textOf(value.Condition),
    deletionPolicy: textOf(value.DeletionPolicy),
    at: `${at}.${logicalId}`,
  };
}

function readLayers(given: Value): LayerModel[] {
  return Object.entries(mapOf(given)).map(([name, value]) => {
    const layer = mapOf(value);
    return {
      logicalId: `${normalized(name)}LambdaLayer`,
      path: textOf(layer.path) ?? name,
      name: layer.name,
      description: layer.description,
      runtimes: listOf(layer.compatibleRuntimes).flatMap((one) => textOf(one) ?? []),
      at: `layers.${name}`,
    };
  });
}

function apiOf(
  provider: ValueMap,
  document: ValueMap,
  functions: readonly FunctionModel[],
  given: Value,
  note: (note: Note) => void,
): ApiModel {
  const raw = listOf(given)
    .flatMap((one) => Object.values(mapOf(one)).map(mapOf))
    .flatMap((one) => listOf(one.events).map(mapOf));
  const rest = raw.filter((event) => 'http' in event);
  const http = raw.filter((event) => 'httpApi' in event);
  const hasRoutes = functions.some(({ events }) =>
    events.some((event: EventModel) => event.kind === 'http'),
  );
  if (!hasRoutes) {
    return { kind: 'none', accessLog: false };
  }
  if (rest.length > 0 && http.length > 0) {
    note({
      kind: 'differs',
      at: 'functions',
      text: 'the definition has a REST API and an HTTP API; an app has one API, so all routes are in the REST API, which sends events of version 1.0. Divide it into two apps, if handlers depend on version 2.0',
    });
  }
  const isRest = rest.length > 0;
  const gateway = mapOf(provider.apiGateway);
  const httpApi = mapOf(provider.httpApi);
  const corsValues = rest
    .map((event) => mapOf(event.http).cors)
    .filter((cors) => cors !== undefined && cors !== false);
  if (new Set(corsValues.map((one) => JSON.stringify(one))).size > 1) {
    note({
      kind: 'differs',
      at: 'functions',
      text: 'routes have different CORS settings; the API has those of the first',
    });
  }
  const plan = mapOf(gateway.usagePlan ?? provider.usagePlan);
  if (plan.quota !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.apiGateway.usagePlan.quota',
      text: 'write `quota` in `rest.usagePlans`',
    });
  }
  const restLogs = mapOf(provider.logs).restApi;
  const httpLogs = mapOf(provider.logs).httpApi;
  const tracing = mapOf(provider.tracing).apiGateway;
  return {
    kind: isRest ? 'rest' : 'http',
    stageName: isRest ? (provider.apiGatewayStage ?? STAGE) : undefined,
    cors: corsOf(isRest ? corsValues[0] : httpApi.cors),
    accessLog: Boolean(isRest ? restLogs : httpLogs),
    apiKeys: keysOf(gateway.apiKeys ?? provider.apiKeys),
    throttle: throttleOf(plan.throttle),
    binaryMediaTypes:
      gateway.binaryMediaTypes === undefined ? undefined : listOf(gateway.binaryMediaTypes),
    endpointType: textOf(provider.endpointType)?.toUpperCase() ?? (isRest ? 'EDGE' : undefined),
    timeout: numberOf(httpApi.timeout),
    tracing: flagOf(tracing) === true ? true : undefined,
    payload1: textOf(httpApi.payload) === '1.0' ? true : undefined,
    domain: domainOf(document, note),
  };
}

function keysOf(value: Value): readonly Value[] | undefined {
  const keys = listOf(value).map((one) => (isMap(one) ? (one.name ?? Object.keys(one)[0]) : one));
  return keys.length === 0 ? undefined : keys;
}

function throttleOf(value: Value): ApiModel['throttle'] {
  const given = mapOf(value);
  return value === undefined ? undefined : { rate: given.rateLimit, burst: given.burstLimit };
}

function domainOf(document: ValueMap, note: (note: Note) => void): DomainModel | undefined {
  const custom = mapOf(document.custom);
  const given = mapOf(listOf(custom.customDomain)[0] ?? listOf(custom.customDomains)[0]);
  const domain = [given, mapOf(given.rest), mapOf(given.http)].find(
    (one) => one.domainName !== undefined,
  );
  if (domain === undefined || flagOf(domain.enabled) === false) {
    return undefined;
  }
  if (listOf(custom.customDomains).length > 1) {
    note({
      kind: 'lost',
      at: 'custom.customDomains',
      text: 'the app has the first of several domains',
    });
  }
  return {
    name: domain.domainName,
    path: domain.basePath === '' || domain.basePath === '(none)' ? undefined : domain.basePath,
    certificate: domain.certificateArn,
    hostedZone: domain.hostedZoneId,
  };
}

function stagesOf(document: ValueMap): string[] {
  return Object.keys(mapOf(document.stages)).filter((stage) => stage !== 'default');
}

function noteOthers(document: ValueMap, provider: ValueMap, note: (note: Note) => void): void {
  const lost: Readonly<Record<string, string>> = {
    hooks: 'hooks of the framework do not run; use scripts in package.json',
    functionGroups: 'functions are not grouped',
  };
  for (const [key, text] of Object.entries(lost)) {
    if (document[key] !== undefined) {
      note({ kind: 'lost', at: key, text });
    }
  }
  if (provider.logRetentionInDays !== undefined) {
    note({
      kind: 'differs',
      at: 'provider.logRetentionInDays',
      text: `the app keeps logs for 3 months in production and 1 week in development, in one log group; \`logGroup: new logs.LogGroup(…)\` in the app changes that (the source: ${textOf(provider.logRetentionInDays) ?? ''} days)`,
    });
  }
  for (const key of [
    'websocketsApiName',
    'alb',
    's3',
    'deploymentBucket',
    'vpcEndpointIds',
    'resourcePolicy',
    'cloudFront',
    'kinesis',
  ]) {
    if (provider[key] !== undefined) {
      note({
        kind: key === 'deploymentBucket' ? 'check' : 'lost',
        at: `provider.${key}`,
        text:
          key === 'deploymentBucket'
            ? 'the CDK’s bootstrap bucket holds the assets'
            : 'not carried over',
      });
    }
  }
  const gateway = mapOf(provider.apiGateway);
  if (gateway.restApiId !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.apiGateway.restApiId',
      text: 'routes of another stack’s REST API are not carried over: the app has an API of its own',
    });
  }
  if (gateway.resourcePolicy !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.apiGateway.resourcePolicy',
      text: 'write it as `rest: { policy }`',
    });
  }
  if (mapOf(provider.httpApi).id !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.httpApi.id',
      text: 'routes of another stack’s HTTP API are not carried over; `http: { api: HttpApi.fromHttpApiAttributes(…) }` names it',
    });
  }
}
