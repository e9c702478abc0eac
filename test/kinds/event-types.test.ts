// The declarations of the events of an app, and what TypeScript makes of them.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { Aws, Duration, Lazy } from 'aws-cdk-lib';
import { Match, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Access, EventFunctionOptions, ServerlessApp, Trigger } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { environmentTypes } from '../../lib/kinds/environment-types';
import { ids, quickApp } from '../support/synth';
import { typeErrors } from '../support/type-errors';

/** The declarations of an app. */
function declarations(build: (app: ServerlessApp) => void): string {
  const { app, stack } = quickApp();
  build(app);
  ids(stack); // synthesizes
  const { functions } = AppContext.of(app).model;
  return environmentTypes(stack.resolve(functions) as typeof functions);
}

function onEvent(pattern: object, options: EventFunctionOptions = {}): string {
  return declarations((app) => {
    app.onEvent({ source: ['shop'], ...pattern }, 'ok.ts', { id: 'Ship', ...options });
  });
}

test('a function has the detail types of its events, in the order of names', () => {
  expect(onEvent({ detailType: ['Placed', 'Paid'] })).toContain(
    'export type ShipEnv = {};\n\nexport type ShipReceives = "Paid" | "Placed";\n',
  );
});

test('those of all its triggers', () => {
  const text = declarations((app) => {
    app
      .onEvent({ source: ['a'], detailType: ['Placed'] }, 'ok.ts', { id: 'Ship' })
      .addTrigger(Trigger.events({ source: ['b'], detailType: ['Paid'] }))
      .addTrigger(Trigger.schedule(ScheduleExpression.rate(Duration.days(1))));
  });

  expect(text).toContain('export type ShipReceives = "Paid" | "Placed";');
});

test('a detail type that is known at synthesis only is one of them', () => {
  const detailType = [Lazy.string({ produce: () => 'Placed' })];

  expect(onEvent({ detailType })).toContain('export type ShipReceives = "Placed";');
});

test.each<[string, object, EventFunctionOptions]>([
  ['any detail type', {}, {}],
  ['a matcher', { detailType: Match.prefix('Order') }, {}],
  ['a token of the deployment', { detailType: [Aws.REGION] }, {}],
  [
    'an event that the rule transforms',
    { detailType: ['Placed'] },
    { input: RuleTargetInput.fromText('x') },
  ],
])('a function with %s has none', (_, pattern, options) => {
  const text = onEvent(pattern, options);

  expect(text).toContain('ShipEnv');
  expect(text).not.toContain('ShipReceives');
});

test('a function has the detail types that it may put', () => {
  const text = declarations((app) => {
    const bus = app.addEventBus('Shop');
    app
      .onRequest('POST /', 'ok.ts', { id: 'Create' })
      .addAccess(Access.putEvents(bus, { detailTypes: ['Placed', 'A, B'] }));
    app.onRequest('PUT /', 'ok.ts', { id: 'Any' }).addAccess(Access.putEvents(bus));
    bus.grantPutEventsTo(
      app
        .onRequest('DELETE /', 'ok.ts', { id: 'Both' })
        .addAccess(Access.putEvents(bus, { detailTypes: ['Placed'] })).role,
    );
  });

  expect(text).toContain('export type CreatePuts = "A, B" | "Placed";');
  expect(text).not.toContain('AnyPuts');
});

test('Prettier changes nothing in them', () => {
  const names = ['It\'s "so" "said"', `It's`, 'a\\b', 'Order'.repeat(20), 'Other'.repeat(10)];
  const input = [names, ['Long'.repeat(30)], ['"']]
    .map((detailType, i) =>
      environmentTypes([
        {
          id: `F${i}`,
          runtime: 'nodejs24.x',
          triggers: [
            {
              kind: 'busEvents',
              invocation: 'asynchronous',
              source: 'B',
              details: { detailTypes: detailType },
            },
          ],
        },
      ]),
    )
    .join('');
  const prettier = path.resolve('node_modules/prettier/bin/prettier.cjs');
  const args = [prettier, '--no-config', '--stdin-filepath', 'env.d.ts'];
  const { stdout } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });

  expect(input).toContain('| "');
  expect(stdout).toBe(input);
});

describe('with the details of the events', () => {
  const ROOT = path.resolve('.');
  const EVENTS = `
    export interface ShopEvents {
      OrderPlaced: { id: string; total: number };
      OrderPaid: { id: string; method: string };
    }`;
  const IMPORTS = `
    import type { AppEvent, EventToPut } from 'cdk-serverless-app/events';
    import type { EventBridgeEvent } from 'aws-lambda';
    import type { ShopEvents } from './shop-events';
    declare function putEvent(...[detailType, detail]: EventToPut<ShopEvents>): Promise<void>;
    declare function placed(): AppEvent<ShopEvents, 'OrderPlaced'>;
    declare function any(): AppEvent<ShopEvents>;
    `;

  function errors(code: string): string[] {
    return typeErrors(
      new Map([
        [path.join(ROOT, 'event-types-test', 'shop-events.ts'), EVENTS],
        [path.join(ROOT, 'event-types-test', 'handler.ts'), IMPORTS + code],
      ]),
    );
  }

  test.each([
    ['a field of the detail', 'export const total: number = placed().detail.total;'],
    [
      'a field after the detail type is known',
      `const event = any();
       export const method = event['detail-type'] === 'OrderPaid' ? event.detail.method : '';`,
    ],
    ['an event', `void putEvent('OrderPaid', { id: '1', method: 'card' });`],
    [
      'the event as @types/aws-lambda has it',
      `export const event: EventBridgeEvent<'OrderPlaced', ShopEvents['OrderPlaced']> = placed();`,
    ],
    [
      'a function that puts fewer',
      `export const put: (...event: EventToPut<ShopEvents, 'OrderPaid'>) => Promise<void> = putEvent;`,
    ],
  ])('%s compiles', (_, code) => {
    expect(errors(code)).toEqual([]);
  });

  test.each([
    [
      'a misspelt field in the handler',
      'export const total = placed().detail.totl;',
      "Did you mean 'total'",
    ],
    [
      'a field of another detail type',
      'export const method = placed().detail.method;',
      "Property 'method' does not exist",
    ],
    [
      'a field before the detail type is known',
      'export const method = any().detail.method;',
      "Property 'method' does not exist",
    ],
    [
      'a misspelt field of the publisher',
      `void putEvent('OrderPlaced', { id: '1', totl: 1 });`,
      "'totl' does not exist",
    ],
    [
      'a detail of another detail type',
      `void putEvent('OrderPlaced', { id: '1', method: 'card' });`,
      "'method' does not exist",
    ],
    [
      'a misspelt detail type of the publisher',
      `void putEvent('OrderPlacd', { id: '1', total: 1 });`,
      '"OrderPlacd"',
    ],
    [
      'a detail type of the pattern that the app does not know',
      `export type Wrong = AppEvent<ShopEvents, 'OrderPlacd'>;`,
      '"OrderPlacd"',
    ],
  ])('%s does not compile', (_, code, message) => {
    expect(errors(code).join('\n')).toContain(message);
  });
});
