import type { AppModel, TriggerModel } from '../../lib/model/app-model';
import { FUNCTION_URL_KIND } from '../../lib/kinds/function-url-kind';
import { describeTrigger, hasClock, kindOf } from '../../lib/kinds/trigger-kinds';
import { lastPart } from '../../lib/model/format-value';
import type { Colors } from '../io';
import { printable } from '../text/printable';
import type { SessionPlaces } from './session-view';

/** The parts of a running app that a developer can use: addresses, tables, buckets, schedules. */
export function overview(
  { app, functions, tables, buckets, webSocket, failureQueue }: AppModel,
  places: SessionPlaces,
  colors: Colors,
): string {
  const rows: Array<readonly [string, string]> = [];
  const add = (kind: string, texts: readonly string[]): void => {
    texts.forEach((text, i) => rows.push([i === 0 ? kind : '', printable(text)]));
  };
  const triggers = functions.flatMap((fn) => fn.triggers.map((trigger) => ({ fn, trigger })));
  const lines = (wanted: (trigger: TriggerModel) => boolean): string[] =>
    triggers
      .filter(({ trigger }) => wanted(trigger))
      .map(({ fn, trigger }) => `${describeTrigger(trigger)}  ${fn.id}`);
  const url = places.urls.get(app.path);
  if (url !== undefined) {
    add(
      'requests',
      triggers
        .filter(({ trigger }) => isRoute(trigger))
        .map(({ fn, trigger }) => `${addressOf(trigger.source, url)}  ${fn.id}`),
    );
  }
  add(
    'function URLs',
    functions.flatMap(({ path, id }) => {
      const own = places.urls.get(path);
      return own === undefined ? [] : [`${own}/  ${id}`];
    }),
  );
  const socket = webSocket === undefined ? undefined : places.urls.get(webSocket.path);
  add('WebSocket', socket === undefined ? [] : [socket]);
  add('schedules', lines(hasClock));
  add(
    'events',
    lines(
      (trigger) =>
        !isRoute(trigger) && !hasClock(trigger) && trigger.kind !== FUNCTION_URL_KIND.kind,
    ),
  );
  add('tables', tables.map(named));
  add('buckets', buckets.map(named));
  add('failures', failureQueue === undefined ? [] : [named(failureQueue)]);
  const byPath = new Map(functions.map((fn) => [fn.path, fn.id]));
  add(
    'debugger',
    [...places.inspectors]
      .filter(([path]) => byPath.has(path))
      .map(([path, port]) => `127.0.0.1:${port}  ${byPath.get(path) ?? ''}`),
  );
  const width = Math.max(0, ...rows.map(([kind]) => kind.length));
  return [
    colors.bold(app.id),
    ...rows.map(([kind, text]) => `  ${colors.dim(kind.padEnd(width))}  ${text}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** Whether it is a route of the API. */
function isRoute(trigger: TriggerModel): boolean {
  return kindOf(trigger).drawing.together === 'routes';
}

/** `GET http://localhost:3000/orders/{id}`. */
function addressOf(source: string, url: string): string {
  const [method = '', path = ''] = source.split(' ');
  return path === '' ? `${url}/  (${source})` : `${method} ${url}${path}`;
}

function named({ id, path, name }: { id: string; path: string; name: string }): string {
  const own = id === '' ? lastPart(path) : id;
  return typeof name === 'string' && name !== own ? `${own}  ${name}` : own;
}
