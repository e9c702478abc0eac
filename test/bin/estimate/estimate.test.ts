import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compare } from '../../../bin/estimate/compare';
import { parseGate, violations } from '../../../bin/estimate/gate';
import { standingParts } from '../../../bin/estimate/rows';
import { estimate as estimateCommand } from '../../../bin/commands/estimate';
import { estimateOf } from '../../../lib/cost/estimate';
import { tempFolder } from '../../support/synth';
import { assemblyOf, cliSchema, runCommand } from '../support/fake-world';
import { deployedModel, functionModel, route } from '../support/models';

const fn = functionModel('List', route('GET /'));
const PLAIN = deployedModel([fn]);
const READY = deployedModel([{ ...fn, alias: 'live', coldStart: { kind: 'provisioned', min: 1 } }]);

test('parts that cost the same at every level are fixed costs', () => {
  expect(standingParts(estimateOf(PLAIN))).toEqual([]);
  expect(standingParts(estimateOf(READY)).map(({ price }) => price)).toEqual([
    'lambda.provisionedArm64',
  ]);
});

test('a comparison adds up and lists only changes', () => {
  const { before, after, parts, increase } = compare(
    estimateOf(PLAIN),
    estimateOf(READY),
    'moderate',
  );

  const changes = parts.reduce((sum, part) => sum + part.after - part.before, 0);
  expect(changes).toBeCloseTo(after - before, 6);
  expect(increase).toBeCloseTo((after - before) / before, 9);
  expect(parts.some(({ what }) => what.includes('requests'))).toBe(false);
  expect(parts[0]?.what).toBe('List: lambda provisioned concurrency, arm64');
});

test('a new or removed app is compared with nothing', () => {
  expect(compare(undefined, estimateOf(PLAIN), 'low')).toMatchObject({ before: 0 });
  expect(compare(undefined, estimateOf(PLAIN), 'low').increase).toBeUndefined();
  expect(compare(estimateOf(PLAIN), undefined, 'low')).toMatchObject({ after: 0, increase: -1 });
});

test.each([
  [{ maxMonthly: 10 }, 10, undefined, 0],
  [{ maxMonthly: 10 }, 10.01, undefined, 1],
  [{ maxIncreasePercent: 10 }, 11, 10, 0],
  [{ maxIncreasePercent: 10 }, 11.01, 10, 1],
  [{ maxIncreasePercent: 0 }, 1, 0, 1],
  [{ maxIncreasePercent: 0 }, 10, 10, 0],
  [{ maxIncreasePercent: 10, maxMonthly: 5 }, 20, 10, 2],
  [{}, 1e9, 0, 0],
])(
  'the limits %j, at $%d after $%s, are exceeded %d times',
  (gate, monthlyDollars, before, count) => {
    expect(violations(gate, [{ app: 'a', monthlyDollars, before }])).toHaveLength(count);
  },
);

test.each(['7', '0.07', '33.3', '1.1'])('a limit of %s%% is named as it was given', (percent) => {
  const gate = parseGate({ maxIncrease: `${percent}%`, compare: 'x' });

  expect(violations(gate, [{ app: 'a', monthlyDollars: 2, before: 1 }])).toEqual([
    expect.stringMatching(new RegExp(`above --max-increase ${percent.replace('.', '\\.')}%$`)),
  ]);
});

test.each([
  [{ maxIncrease: '10%', compare: 'x' }, { maxIncreasePercent: 10 }],
  [{ maxIncrease: '7.5', compare: 'x' }, { maxIncreasePercent: 7.5 }],
  [{ maxMonthly: '$200' }, { maxMonthly: 200 }],
  [{ maxMonthly: '0' }, { maxMonthly: 0 }],
])('the options %j are %j', (options, gate) => {
  expect(parseGate(options)).toEqual(expect.objectContaining(gate));
});

test.each([
  [{ maxIncrease: '10%' }, 'needs something to compare with'],
  [{ maxIncrease: 'much', compare: 'x' }, 'must be a percentage'],
  [{ maxMonthly: 'much' }, 'must be a number of dollars'],
  [{ maxMonthly: '1e3' }, 'must be a number of dollars'],
])('fails for the options %j', (options, message) => {
  expect(() => parseGate(options)).toThrow(message);
});

test('the command compares two cloud assemblies, and its JSON follows the schema', async () => {
  const options = { compare: assemblyOf(PLAIN), level: 'low' };

  const text = await runCommand(estimateCommand, READY, {}, { options });
  const json = await runCommand(
    estimateCommand,
    READY,
    {},
    { options: { ...options, json: true, maxIncrease: '10%' } },
  );

  expect([text.code, text.out]).toEqual([
    0,
    expect.stringMatching(/provisioned concurrency, arm64 +\$0\.00 +\$8\.76 +\+\$8\.76/),
  ]);
  const validate = cliSchema('comparison');
  const value: unknown = JSON.parse(json.out);
  expect([json.code, validate(value), validate.errors]).toEqual([1, true, null]);
  expect(json.said[0]).toMatch('above --max-increase 10%');
});

test('the free tier is deducted if the app’s own estimate deducts it', async () => {
  const assembly = assemblyOf(PLAIN);
  const total = async (): Promise<number> => {
    const options = { assembly, json: true };
    const { out } = await runCommand(estimateCommand, PLAIN, {}, { options });
    const [only] = JSON.parse(out) as { levels: { moderate: { monthlyDollars: number } } }[];
    return only?.levels.moderate.monthlyDollars ?? 0;
  };

  const full = await total();
  fs.writeFileSync(path.join(assembly, 'm.cost.json'), '{"freeTier":true}');

  expect(await total()).toBeLessThan(full);
});

describe('--compare', () => {
  const compareWith = (name: string): Promise<unknown> =>
    runCommand(estimateCommand, PLAIN, {}, { options: { compare: name } });

  test('fails for an unknown git ref', async () => {
    await expect(compareWith('no-such-thing')).rejects.toThrow(
      'there is no git ref `no-such-thing` in this repository',
    );
  });

  test('fails for a folder without a cloud assembly', async () => {
    await expect(compareWith('test')).rejects.toThrow('`test` has no cloud assembly');
  });

  test('fails in a repository without a commit', async () => {
    const before = process.cwd();
    process.chdir(tempFolder());
    try {
      execFileSync('git', ['init', '--quiet']);
      await expect(compareWith('main')).rejects.toThrow(
        'there is no git ref `main`, and this repository has no commit',
      );
    } finally {
      process.chdir(before);
    }
  });

  test('fails outside of a git repository', async () => {
    const before = process.cwd();
    process.chdir(tempFolder());
    try {
      await expect(compareWith('main')).rejects.toThrow(
        'there is no folder `main`, and this folder is not in a git repository',
      );
    } finally {
      process.chdir(before);
    }
  });
});
