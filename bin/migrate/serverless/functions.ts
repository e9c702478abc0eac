import type { EventOf, FunctionModel, Note } from '../model';
import { pascal, UniqueNames } from '../names';
import { FUNCTION_PARTS, noteUnknownIn } from '../read/nested-keys';
import { FUNCTION_URL, ON_SUCCESS, SNAP_START } from '../read/remedies';
import { FUNCTION_KEYS, noteUnknownKeys } from '../read/unknown-keys';
import { isMap, Join, listOf, mapOf, STAGE, textOf, Value, ValueMap } from '../value';
import type { EventContext } from './event/event-context';
import { readEvent } from './event/read-event';
import { corsOf } from './cors';
import { functionLogicalId } from './logical-names';
import { hasPlugin } from './plugins';
import { managedPoliciesOf, readSettings, statementsOf } from './settings';

export function readFunctions(
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
    const events = [
      ...listOf(one.events).flatMap((event) => readEvent(event, context)),
      ...urlOf(one.url),
    ];
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
      statements: ownStatements,
      sharedStatements: inherits ? shared : [],
      managedPolicies: [...managedPoliciesOf(provider), ...managedPoliciesOf(one)],
      condition: textOf(one.condition),
      onFailure: failureOf(one),
      notes: own,
    };
  });
}

/** `url: true` is open to everybody, without CORS; `cors: true` allows all. */
function urlOf(url: Value): EventOf<'url'>[] {
  if (url === undefined || url === false) {
    return [];
  }
  const { authorizer, cors, invokeMode } = mapOf(url);
  const isAll = cors === true;
  return [
    {
      kind: 'url',
      isOpen: textOf(authorizer)?.toLowerCase() !== 'aws_iam',
      stream: invokeMode === 'RESPONSE_STREAM',
      cors: isAll ? { origins: ['*'], headers: ['*'], methods: ['*'] } : corsOf(cors),
    },
  ];
}

function failureOf(one: ValueMap): Value {
  return one.onError ?? mapOf(one.destinations).onFailure;
}

function noteFunction(one: ValueMap, at: string, note: (note: Note) => void): void {
  noteUnknownKeys(one, FUNCTION_KEYS, at, note);
  noteUnknownIn(one, FUNCTION_PARTS, at, note);
  if (one.image !== undefined) {
    note({
      kind: 'lost',
      at,
      text: 'a container image is not carried over: write `new lambda.DockerImageFunction(…)`',
    });
  }
  if (one.url !== undefined && one.url !== false) {
    note({
      kind: 'differs',
      at: `${at}.url`,
      text: FUNCTION_URL,
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
      text: ON_SUCCESS,
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
      text: SNAP_START,
    });
  }
  for (const key of ['package', 'warmup', 'disableLogs', 'durableConfig', 'tenancy']) {
    if (one[key] !== undefined) {
      note({
        kind: 'check',
        at: `${at}.${key}`,
        text:
          key === 'package'
            ? 'file patterns are not carried over: the bundle contains what the handler imports; `bundling: { copyFiles: [{ source: … }] }` adds other files'
            : `\`${key}\` is not carried over`,
      });
    }
  }
}
