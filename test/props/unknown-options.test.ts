import { ServerlessApp } from 'cdk-serverless-app';
import { PROP_SETS, synthesizeUse } from '../support/prop-sets';
import { quickApp } from '../support/synth';

/** With the last letter twice. */
const misspelt = (name: string): string => name + name.slice(-1);

test.each(Object.entries(PROP_SETS))(
  'a misspelt option of %s fails with the right name',
  (_, it) => {
    const [name = ''] = Object.keys(it.set.props);
    const typo = misspelt(name);

    expect(() => {
      synthesizeUse(it.use({ [typo]: 1 }));
    }).toThrow(
      new RegExp(`\\.?${typo}\` must be an option that exists, got 1: did you mean \`${name}\`\\?`),
    );
  },
);

type Declare = (app: ServerlessApp) => void;

test.each<[string, Declare, string]>([
  [
    'an option of the trigger in a short form',
    (app) => app.onObjectCreated(app.addBucket('In'), 'ok.ts', { prefx: 'in/' } as never),
    '`functions.Ok.prefx` must be an option that exists, got "in/": did you mean `prefix`?',
  ],
  [
    'an option of the function in a short form',
    (app) => app.onRequest('GET /', 'ok.ts', { memorysize: 128 } as never),
    '`functions.Ok.memorysize` must be an option that exists, got 128: did you mean `memorySize`?',
  ],
  [
    'an option of another trigger',
    (app) => app.onRequest('GET /', 'ok.ts', { id: 'Get', prefix: 'in/' } as never),
    '`functions.Get.prefix` must be an option that exists, got "in/"',
  ],
  [
    'a name of the older table',
    (app) => app.addTable('T', { partitionKey: 'id', stream: 'KEYS_ONLY' } as never),
    '`tables.T.stream` must be an option that exists, got "KEYS_ONLY": did you mean `dynamoStream`?',
  ],
  [
    'a nested option',
    (app) => app.addFunction('F', { entry: 'ok.ts', bundling: { minfy: false } } as never),
    '`functions.F.bundling.minfy` must be an option that exists, got false: did you mean `minify`?',
  ],
  [
    'an option of the CDK in a list',
    (app) => app.addBucket('B', { lifecycleRules: [{ expirations: 1 }] } as never),
    '`buckets.B.lifecycleRules[0].expirations` must be an option that exists, got 1: did you mean `expiration`?',
  ],
  [
    'a name that is like none of a short list',
    (app) => app.estimate({ request: 5 } as never),
    '`estimate.request` must be an option that exists, got 5: leave it out; the options are freeTier, usage',
  ],
  [
    'an option that belongs into another',
    (app) => app.estimate({ monthlyEvents: 5 } as never),
    '`estimate.monthlyEvents` must be an option that exists, got 5: it is an option of `usage`: write `usage: { monthlyEvents: … }`',
  ],
  [
    'a name that is like none of a long list',
    (app) => app.addFunction('F', { entry: 'ok.ts', xxxxxxxx: 1 } as never),
    '`functions.F.xxxxxxxx` must be an option that exists, got 1: leave it out; the API reference lists the options',
  ],
  [
    'a name that every object has',
    (app) => app.estimate({ toString: 5 } as never),
    '`estimate.toString` must be an option that exists, got 5: leave it out; the options are freeTier, usage',
  ],
])('fails for %s', (_, declare, message) => {
  const { app } = quickApp();

  expect(() => {
    declare(app);
  }).toThrow(message);
});

test('an option that is undefined may have any name', () => {
  const { app } = quickApp();

  expect(() =>
    app.addFunction('F', { entry: 'ok.ts', memorysize: undefined } as never),
  ).not.toThrow();
});

test('properties that every object has are not options', () => {
  const { app } = quickApp();

  expect(() => app.addFunction('F', { entry: 'ok.ts', constructor: 1 } as never)).toThrow(
    '`functions.F.constructor` must be an option that exists',
  );
});
