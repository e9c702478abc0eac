import { App, Stage } from 'aws-cdk-lib';
import { AppStage, Sharding } from 'cdk-serverless-app';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { WebHonoStack } from '../../examples/web-hono/stack';
import { allOptions } from '../../test/support/all-options';
import { IN_BOTH_STAGES } from '../../test/support/secured-apps';

const ENV = { account: '111111111111', region: 'eu-west-1' };

type Make = (cdk: App) => unknown;

/**
 * The apps whose templates are read: the examples and others in both stages, and an app with every option: plain, in shards, and in a
 * `Stage`.
 */
const APPS: ReadonlyArray<readonly [name: string, make: Make]> = [
  ...IN_BOTH_STAGES,
  ...[AppStage.PRODUCTION, AppStage.DEVELOPMENT].flatMap(
    (stage): Array<readonly [string, Make]> => [
      // Its function URL is open, which the tests of the other examples exclude.
      [`examples/web-hono, ${stage}`, (cdk) => new WebHonoStack(cdk, 'WebHono', { stage })],
      [`all options, ${stage}`, (cdk) => allOptions(cdk, stage)],
      [
        `all options in shards, ${stage}`,
        (cdk) => allOptions(cdk, stage, { sharding: Sharding.nestedStacks(2) }),
      ],
    ],
  ),
  [
    'all options in a Stage',
    (cdk) => allOptions(new Stage(cdk, 'Prod', { env: ENV }), AppStage.PRODUCTION),
  ],
];

/** Synthesizes each app into its own folder, and returns the folders. */
export function synthesizeAll(into: string): string[] {
  return APPS.map(([name, make]) => {
    const outdir = path.join(into, name.replace(/[^a-z]+/gi, '-'));
    const cdk = new App({ outdir, builtinCloudFormationValidation: false });
    make(cdk);
    cdk.synth();
    return outdir;
  });
}

/** The templates below a folder, including those of nested stacks and stages. */
export function templatesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => path.join(folder, file))
    .sort();
}
