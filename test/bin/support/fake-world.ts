import Ajv2020, { ValidateFunction } from 'ajv/dist/2020';
import * as fs from 'node:fs';
import * as path from 'node:path';
import pc from 'picocolors';
import type { AppModel } from '../../../lib/model/app-model';
import type { Cloud, Connect } from '../../../bin/cloud';
import type { Invocation, Run } from '../../../bin/command-spec';
import type { Io } from '../../../bin/io';
import type { DataPoint, MetricQuery } from '../../../bin/metrics/metric-reader';
import { tempFolder } from '../../support/synth';
import { ACCOUNT, REGION } from './models';

export const NOW = new Date('2026-11-24T09:30:00Z');

/** A cloud assembly with one app. */
export function assemblyOf(model: AppModel): string {
  const folder = tempFolder();
  const metadata = {
    '/Shop/Orders': [{ type: 'cdk-serverless-app:model', data: 'm.serverless-app.json' }],
  };
  const manifest = {
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        properties: { requiresBootstrapStackVersion: 6 },
        metadata,
      },
    },
  };
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, 'm.serverless-app.json'), JSON.stringify(model));
  return folder;
}

/** AWS with the parts that a test gives; using another part fails. */
export function fakeConnect(given: Partial<Cloud>, createdAt = new Date('2026-10-01')): Connect {
  const missing = (): never => {
    throw new Error('the test does not provide this part of AWS');
  };
  return () => ({
    stacks: () =>
      Promise.resolve({
        describe: (stackName) =>
          Promise.resolve({
            stackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/x`,
            stackName,
            createdAt,
            parameters: {},
            resources: {},
          }),
        exports: missing,
        template: missing,
      }),
    failureQueue: missing,
    failureBucket: missing,
    functions: missing,
    functionUrls: missing,
    sender: missing,
    logs: missing,
    account: missing,
    metrics: missing,
    siteBucket: missing,
    siteCache: missing,
    ...given,
  });
}

/** Metrics by key; other queries have no data. */
export function fakeMetrics(
  data: Readonly<Record<string, readonly DataPoint[]>>,
): Cloud['metrics'] {
  return () =>
    Promise.resolve({
      read: (queries: readonly MetricQuery[]) =>
        Promise.resolve(
          new Map(
            queries.flatMap(({ key }) => (data[key] === undefined ? [] : [[key, data[key]]])),
          ),
        ),
      alarms: () => Promise.resolve([]),
      raised: () => Promise.resolve(0),
    });
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: readonly string[];
}

/** Runs a command as the program would, without a terminal. */
export async function runCommand(
  run: (invocation: Invocation, io: Io, connect: Connect) => ReturnType<Run>,
  model: AppModel,
  cloud: Partial<Cloud>,
  invocation: { args?: string[]; options?: Invocation['options'] } = {},
  answer?: boolean,
): Promise<Ran> {
  let out = '';
  const said: string[] = [];
  const io: Io = {
    out: (text) => (out += text),
    say: (line) => said.push(line),
    during: (_text, work) => work(() => undefined),
    interruptible: (work) => work(new AbortController().signal),
    confirm: () => Promise.resolve(answer),
    colors: pc.createColors(false),
    now: () => NOW,
  };
  const options = {
    assembly: assemblyOf(model),
    limit: '1000',
    since: '14d',
    ...invocation.options,
  };
  const code = await run({ args: invocation.args ?? [], options }, io, fakeConnect(cloud));
  return { code, out, said };
}

/** The schema of a command's `--json` output. */
export function cliSchema(name: string): ValidateFunction {
  const file = path.join(__dirname, '..', '..', '..', 'schema', 'cli', `${name}.schema.json`);
  const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
  return new Ajv2020({ allErrors: true, strict: true }).compile(schema);
}
