import * as fs from 'node:fs';
import type { TriggerModel } from '../../lib/model/app-model';
import { formatValue } from '../../lib/model/format-value';
import { readModels } from '../assembly';
import { select } from '../choose-app';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { CorsOfAssembly } from '../serve/cors';
import { parseEnvFile } from '../serve/env-file';
import { RouteAuthorizers } from '../serve/authorizers';
import { load, loadHandler } from '../serve/function-runner';
import { guardedAnswer, Guards } from '../serve/guarded-answer';
import { validationOf } from '../serve/request-validation';
import {
  environmentFor,
  literalVariables,
  requireNoAuthorizers,
  ServedFunction,
  servedApp,
} from '../serve/served-functions';
import { RouteServer, ServedApi, ServedRoute } from '../serve/server';
import { count } from '../text/count';
import { UserError } from '../user-error';

/** `serve`: answers the HTTP requests of an app on plain Node.js, from the cloud assembly. */
export async function serve({ args: [name], options }: Invocation, io: Io): Promise<number> {
  const assembly = String(options.assembly);
  const port = numberIn('--port', options.port ?? process.env.PORT ?? '8080', 65_535);
  const drainMs = numberIn('--drain', options.drain ?? '10', 3600) * 1000;
  const host = String(options.host);
  const rules = new RouteAuthorizers(assembly);
  const apps = select(readModels(assembly), name)
    .map((model) => ({ model, ...servedApp(model, assembly, rules) }))
    .filter(({ functions }) => functions.length > 0);
  const [app, ...others] = apps;
  if (app === undefined) {
    throw new UserError(
      'no function of the app answers HTTP requests',
      'add a route with `onRequest`',
    );
  }
  if (others.length > 0) {
    const paths = apps.map(({ model }) => model.app.path);
    throw new UserError(`there are ${apps.length} apps: ${paths.join(', ')}`, 'name one of them');
  }
  const { functions, authorizers, left } = app;
  const checks = options.authorizers !== false;
  if (checks) {
    requireNoAuthorizers(functions, (trigger) => authorizers.has(rules.of(trigger)?.fn ?? ''));
  }
  const given = { ...fromFile(options.env), ...process.env };
  Object.assign(
    process.env,
    environmentFor(
      [...functions, ...(checks ? authorizers.values() : [])],
      literalVariables(assembly),
      given,
    ),
  );
  const waiting = new Set<Promise<unknown>>();
  const cors = new CorsOfAssembly(assembly);
  const api = {
    greedyLast: app.model.http?.type === undefined,
    cors: cors.ofApi(app.model.app.path),
  };
  const servers = await serversOf(
    functions,
    waiting,
    async (trigger) => {
      const found = checks ? rules.of(trigger) : undefined;
      const fn = authorizers.get(found?.fn ?? '');
      return {
        validate: validationOf(trigger.details.validate),
        authorizer: found && fn && { rules: found, fn, run: await loadHandler(fn) },
      };
    },
    (fn) => (fn === undefined ? api : { cors: cors.ofUrl(fn.model.path) }),
  );
  for (const [i, { server, routes }] of servers.entries()) {
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${await server.listen(port === 0 ? 0 : port + i, host)}`;
    io.out(
      `${url}  ${routes.map(({ key, fn }) => (key === '$default' ? fn.model.id : key)).join(', ')}\n`,
    );
  }
  left.forEach((text) => {
    io.say(`not served: ${text}`);
  });
  // On Lambda, such an error ends one environment. Here it must not end the requests of all functions.
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => {
      console.error('an error outside the handling of a request:', error);
    });
  }
  return io.interruptible(async (signal) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
    const cut = await Promise.all(servers.map(({ server }) => server.drain(drainMs)));
    await Promise.race([
      Promise.all(waiting),
      new Promise((resolve) => setTimeout(resolve, drainMs).unref()),
    ]);
    const lost = cut.reduce((sum, it) => sum + it, 0);
    if (lost > 0) {
      io.say(`${count(lost, 'request')} cut off after ${drainMs / 1000} s`);
    }
    process.exit(lost > 0 ? 1 : 0); // A module may keep timers and connections open.
  });
}

interface OneServer {
  readonly server: RouteServer;
  readonly routes: readonly ServedRoute[];
}

/** One server for the routes of the API, and one for each function URL, which has a host of its own on AWS. */
async function serversOf(
  functions: readonly ServedFunction[],
  waiting: Set<Promise<unknown>>,
  guardsOf: (trigger: TriggerModel) => Promise<Guards>,
  settingsOf: (urlOf?: ServedFunction) => ServedApi,
): Promise<OneServer[]> {
  const ofApi: ServedRoute[] = [];
  const ofUrls: ServedRoute[][] = [];
  for (const fn of functions) {
    const own = await load(fn, waiting);
    for (const trigger of fn.requests) {
      const answer = guardedAnswer(own, await guardsOf(trigger));
      if (trigger.details.method === undefined) {
        ofUrls.push([{ key: '$default', trigger, fn, answer }]);
      } else {
        ofApi.push({ key: formatValue(trigger.source), trigger, fn, answer });
      }
    }
  }
  const api = { routes: ofApi, server: new RouteServer(ofApi, settingsOf()) };
  return [
    ...(ofApi.length === 0 ? [] : [api]),
    ...ofUrls.map((routes) => ({
      routes,
      server: new RouteServer(routes, settingsOf(routes[0]?.fn)),
    })),
  ];
}

function fromFile(file: unknown): Record<string, string> {
  if (typeof file !== 'string') {
    return {};
  }
  if (!fs.existsSync(file)) {
    throw new UserError(`there is no file ${file}`, 'correct --env');
  }
  return parseEnvFile(fs.readFileSync(file, 'utf8'));
}

function numberIn(option: string, text: string | boolean, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(String(text)) || value > most) {
    throw new UserError(
      `${option} must be a number from 0 to ${most}, got ${String(text)}`,
      'correct it',
    );
  }
  return value;
}
