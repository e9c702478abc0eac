import type { HttpModel, WebSocketModel } from '../../lib/model/api-model';
import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { kindOf } from '../../lib/kinds/trigger-kinds';

type Uses = (fn: FunctionModel) => boolean;

const hasTrigger =
  (is: (trigger: TriggerModel) => boolean): Uses =>
  ({ triggers }) =>
    triggers.some(is);

/**
 * What runs differently here than on AWS, and which functions it concerns. CONTRIBUTING.md lists the same differences for tests on the
 * emulator.
 */
const DIFFERENCES: ReadonlyArray<readonly [uses: Uses, says: string]> = [
  [
    ({ runtime }) => nodeOf(runtime) !== undefined && nodeOf(runtime) !== ownNode(),
    `run on the Node.js of this machine, ${ownNode()}, not on their runtime`,
  ],
  [
    ({ entry, runtime }) => entry === undefined || nodeOf(runtime) === undefined,
    'run in the emulator, and a change needs a deployment',
  ],
  [
    hasTrigger((trigger) => kindOf(trigger).streamsResponse?.(trigger) === true),
    'send a streamed response when it is complete',
  ],
  [
    ({ reservedConcurrency }) => reservedConcurrency !== undefined && reservedConcurrency > 0,
    'have a reserved concurrency, which does not limit them here',
  ],
];

type SaysOfApi = (api: HttpModel | WebSocketModel) => string | undefined;

/** The same for an API as a whole. The emulator throttles REST APIs only. */
const API_DIFFERENCES: readonly SaysOfApi[] = [
  (api) =>
    !isRest(api) && (api.rateLimit ?? api.burstLimit) !== undefined
      ? 'does not throttle requests'
      : undefined,
  ({ accessLog }) => (accessLog === undefined ? undefined : 'writes no access log'),
  (api) => ('cacheGb' in api && api.cacheGb !== undefined ? 'caches no answers' : undefined),
  ({ url }) => {
    const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : '';
    return host === '' || /\.execute-api\./.test(host)
      ? undefined
      : `is not reached at ${host}, only at the address above`;
  },
];

/** Descriptions of what in an app runs differently here than on AWS. */
export function differencesOf(model: AppModel): string[] {
  return [...differencesOfFunctions(model), ...differencesOfApis(model)];
}

function differencesOfApis({ app, http, webSocket }: AppModel): string[] {
  const apis = [
    ...(http === undefined ? [] : [[isRest(http) ? 'REST API' : 'HTTP API', http] as const]),
    ...(webSocket === undefined ? [] : [['WebSocket API', webSocket] as const]),
  ];
  return apis.flatMap(([what, api]) => {
    const found = API_DIFFERENCES.flatMap((says) => says(api) ?? []);
    return found.length === 0 ? [] : [`the ${what} of ${app.id}: ${found.join('; ')}`];
  });
}

function isRest(api: HttpModel | WebSocketModel): boolean {
  return 'type' in api && api.type === 'rest';
}

function differencesOfFunctions(model: AppModel): string[] {
  const found = new Map<string, string[]>();
  for (const fn of model.functions) {
    const own = DIFFERENCES.filter(([uses]) => uses(fn)).map(([, says]) => says);
    const ofTriggers = fn.triggers.flatMap((it) => kindOf(it).localDifference?.(it) ?? []);
    for (const says of new Set([...own, ...ofTriggers])) {
      found.set(says, [...(found.get(says) ?? []), fn.id]);
    }
  }
  return [...found].map(([says, ids]) => `${listOf(ids)}: ${says}`);
}

const MOST_IDS = 3;

function listOf(ids: readonly string[]): string {
  const rest = ids.length - MOST_IDS;
  return rest > 1 ? `${ids.slice(0, MOST_IDS).join(', ')} and ${rest} more` : ids.join(', ');
}

/** The major version of a Node.js runtime such as `nodejs22.x`. */
function nodeOf(runtime: string): string | undefined {
  return /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
}

function ownNode(): string {
  return process.versions.node.split('.')[0] ?? '';
}
