import * as fs from 'node:fs';
import * as path from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ColdStart, AppStage, ServerlessApp } from 'cdk-serverless-app';
import { DECLARED_NOTICES } from '../../lib/guard/declared-notices';
import { DECLARED_WARNINGS } from '../../lib/guard/declared-warnings';
import { GUARDS } from '../../lib/guard/guards';
import { quickApp } from '../support/synth';

const LIB = path.join(__dirname, '..', '..', 'lib');
const PREFIX = 'cdk-serverless-app:';

/** What ids of metadata and of the context have the same prefix, and are no annotations. */
const OTHER_IDS = ['model', 'cost'];

function idsInSource(): string[] {
  const files = fs.readdirSync(LIB, { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => fs.readFileSync(path.join(LIB, file), 'utf8'));
  const ids = sources.flatMap((text) =>
    [...text.matchAll(/'cdk-serverless-app:([a-z-]+)'/g)].map(([, id = '']) => id),
  );
  return [...new Set(ids)].filter((id) => !OTHER_IDS.includes(id)).sort();
}

test('every id of an annotation in the sources is a declared warning or info message', () => {
  const declared = [...DECLARED_WARNINGS, ...DECLARED_NOTICES].map(({ id }) => id);

  expect(idsInSource().length).toBeGreaterThan(10);
  expect(idsInSource()).toEqual([...declared].sort());
});

test.each([...GUARDS, ...DECLARED_WARNINGS, ...DECLARED_NOTICES].map(({ id }) => id))(
  '%s can be acknowledged, or says why it cannot',
  (id) => {
    const { app } = quickApp();
    const text = [...GUARDS, ...DECLARED_WARNINGS].find((it) => it.id === id);
    const acknowledge = (): void => {
      app.acknowledge(`${PREFIX}${id}`, 'it is meant');
    };

    if (text?.severities.includes('warning') === false) {
      expect(acknowledge).toThrow(
        /must be the id of a warning; an error cannot be accepted, got .+: .+/,
      );
    } else {
      expect(acknowledge).not.toThrow();
    }
  },
);

const { SERVERLESS_APP_ESTIMATE: before } = process.env;

beforeAll(() => {
  delete process.env['SERVERLESS_APP_ESTIMATE'];
});

afterAll(() => {
  process.env['SERVERLESS_APP_ESTIMATE'] = before;
});

/** The ids that the information of an app has, as the CDK's command line shows them. */
function shown(acknowledge: (app: ServerlessApp) => void): string[] {
  const { app, stack } = quickApp({ stage: AppStage.PRODUCTION });
  app.addFunction('Ok', { entry: 'ok.ts', coldStart: ColdStart.provisioned({ min: 1 }) });
  acknowledge(app);
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => /\[ack: ([^\]]*)\]/.exec(JSON.stringify(entry.data))?.[1] ?? '')
    .sort();
}

test('information is shown until the id that it shows is acknowledged', () => {
  const before = shown(() => undefined);
  const after = shown((app) => {
    before.forEach((id) => {
      app.acknowledge(id, 'it is known');
    });
  });

  expect(before).toEqual(
    ['estimate', 'no-notification-target', 'standing-cost'].map((id) => `${PREFIX}${id}`),
  );
  expect(after).toEqual([]);
});

test.each(['[ack: cdk-serverless-app:estimate]', 'Annotation::cdk-serverless-app:estimate'])(
  'the id may be written as %s',
  (id) => {
    expect(
      shown((app) => {
        app.acknowledge(id, 'it is known');
      }),
    ).not.toContain('cdk-serverless-app:estimate');
  },
);

test('a text that is not an id is rejected at once, however long it is', () => {
  const { app } = quickApp();
  const start = process.cpuUsage();

  expect(() => {
    app.acknowledge('o'.repeat(100_000), 'because');
  }).toThrow('must be the id of a guard or a warning of this library');
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'the name %s is an ordinary name',
  (name) => {
    const { app, stack } = quickApp({ functionDefaults: { environment: { MODE: 'x' } } });

    expect(() => {
      app.acknowledge(name, 'because');
    }).toThrow('must be the id of a guard or a warning of this library');
    expect(app.tryGetAlarm(name)).toBeUndefined();
    app.addTable(`${name}Table`, { partitionKey: name });
    app.addFunction('Ok', { entry: 'ok.ts' }).addEnvironment(`A${name}`, 'x');
    app.onRequest(`GET /${name}/{${name}}`, 'other.ts');
    expect(() => Annotations.fromStack(stack)).not.toThrow();
  },
);
