import { AccessModel, AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';

/** As a Token of a number looks in a model. */
export const TOKEN = -1.888154589709072e289;

/** The model of an app without anything, as far as a cost follows from it. */
export function appModel(parts: Partial<AppModel> = {}): AppModel {
  return {
    schemaVersion: 1,
    app: {
      id: 'App',
      path: 'Test/App',
      stage: 'production',
      stack: 'Test',
      region: 'us-east-1',
      account: '123456789012',
      limits: { concurrency: 1000, apiRate: 10_000, apiBurst: 5000 },
    },
    functions: [],
    tables: [],
    buckets: [],
    defaults: [],
    monitoring: { alarms: [], customMetrics: [], dashboards: [] },
    keys: [],
    ...parts,
  };
}

/** A function on arm64 with 1,024 MB. */
export function functionModel(id: string, parts: Partial<FunctionModel> = {}): FunctionModel {
  return {
    id,
    path: `Test/App/${id}`,
    name: id,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memoryMb: 1024,
    timeoutSeconds: 10,
    coldStart: { kind: 'onDemand' },
    rollout: { kind: 'allAtOnce' },
    handler: 'handler',
    triggers: [],
    access: [],
    ...parts,
  };
}

export function http(route: string, details: TriggerModel['details'] = {}): TriggerModel {
  return { kind: 'http', invocation: 'synchronous', source: route, details };
}

export function changesOf(table: string, details: TriggerModel['details'] = {}): TriggerModel {
  const source = `Test/App/${table}`;
  return { kind: 'tableChanges', invocation: 'polled', source, details };
}

export function objectsOf(bucket: string, details: TriggerModel['details'] = {}): TriggerModel {
  const source = `Test/App/${bucket}`;
  return { kind: 'objectCreated', invocation: 'asynchronous', source, details };
}

export function recordsOf(stream: string, details: TriggerModel['details'] = {}): TriggerModel {
  const source = `Test/App/${stream}`;
  return { kind: 'streamRecords', invocation: 'polled', source, details };
}

export function usersOf(operation: string): TriggerModel {
  const sends = operation.endsWith('Sender');
  return {
    kind: sends ? 'userPoolSender' : 'userPoolOperation',
    invocation: sends ? 'asynchronous' : 'synchronous',
    source: 'Test/Users',
    details: { operation },
  };
}

export function messagesOf(queue: string, details: TriggerModel['details'] = {}): TriggerModel {
  const source = `Test/App/${queue}`;
  return { kind: 'queueMessages', invocation: 'polled', source, details };
}

export function topicMessagesOf(
  topic: string,
  details: TriggerModel['details'] = {},
): TriggerModel {
  const source = `Test/App/${topic}`;
  return { kind: 'topicMessages', invocation: 'asynchronous', source, details };
}

export function busEventsOf(bus: string, details: TriggerModel['details'] = {}): TriggerModel {
  const source = `Test/App/${bus}`;
  return { kind: 'busEvents', invocation: 'asynchronous', source, details };
}

export function socketRoute(route: string, details: TriggerModel['details'] = {}): TriggerModel {
  return { kind: 'webSocket', invocation: 'synchronous', source: route, details };
}

export function functionUrl(details: TriggerModel['details'] = {}): TriggerModel {
  return { kind: 'functionUrl', invocation: 'synchronous', source: 'Test/App/F/Url', details };
}

export function schedule(expression: string, details: TriggerModel['details'] = {}): TriggerModel {
  return { kind: 'schedule', invocation: 'asynchronous', source: expression, details };
}

export function touches(kind: string, id: string, level: string): AccessModel {
  return { kind, path: `Test/App/${id}`, level };
}
