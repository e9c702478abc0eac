/**
 * `npm run test:aws`: deploys test/account/app to the account of your credentials, tests what no emulator supports (provisioned
 * concurrency, throttles, a rollout and its rollback by CodeDeploy, alarms, a budget), and removes everything. It shows the cost
 * first, and asks, unless `--yes` is given. `--clean` removes what an interrupted run has left.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as readline from 'node:readline/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { priceListOf } from '../lib/cost/price-list';
import { CdkCli } from '../test/deploy/support/cdk-cli';
import { DeployedStack } from '../test/deploy/support/deployed-stack';
import { emptyBuckets } from '../test/deploy/support/drive';
import { leftovers } from '../test/deploy/support/leftovers';
import { Target } from '../test/deploy/support/target';

const ROOT = path.join(__dirname, '..');
const STACK = 'CdkServerlessAppAccount';
/** The maximum duration of a run. */
const HOURS = 1.5;
const HOURS_A_MONTH = 730;
/** Requests, invocations, messages and logs of a run, estimated generously. */
const USAGE_DOLLARS = 0.01;

async function main(args: readonly string[]): Promise<void> {
  const target = await Target.open();
  const sts = new STSClient(target.clientOptions);
  const region = await sts.config.region();
  const { Account, Arn } = await sts
    .send(new GetCallerIdentityCommand({}))
    .catch((error: unknown) => {
      throw new Error(
        `no AWS account answers: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  console.log(`Account ${Account ?? ''} in ${region}, as ${Arn ?? ''}`);
  const cdk = new CdkCli(target, { folder: path.join(ROOT, 'test', 'account', 'app') });
  try {
    await cdk.synth();
    if (args.includes('--clean')) {
      await clean(target, cdk);
      return;
    }
    console.log(costOf(cdk.assembly, region));
    if (!args.includes('--yes') && !(await confirmed())) {
      return;
    }
  } finally {
    cdk.close();
    await target.close();
  }
  const { status } = spawnSync(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--selectProjects', 'account'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { CDK_SERVERLESS_APP_TEST_ACCOUNT: 'real', ...process.env },
    },
  );
  process.exitCode = status ?? 1;
}

/** What a run costs at most, from the synthesized template and the price list. */
function costOf(assembly: string, region: string): string {
  const file = path.join(assembly, `${STACK}.template.json`);
  const { Resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  };
  const { prices } = priceListOf(region);
  const priceOf = (id: keyof typeof prices): number => prices[id].tiers[0]?.price ?? 0;
  const resources = Object.values(Resources);
  const alarms = resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length;
  const gigabytes =
    resources.filter(({ Properties = {} }) => 'ProvisionedConcurrencyConfig' in Properties).length *
    0.125;
  const items = [
    ['provisioned concurrency', gigabytes * HOURS * 3600 * priceOf('lambda.provisionedArm64')],
    [`${alarms} alarms`, (alarms * priceOf('cloudWatch.alarms') * HOURS) / HOURS_A_MONTH],
    ['requests, messages and logs', USAGE_DOLLARS],
  ] as const;
  const total = items.reduce((sum, [, dollars]) => sum + dollars, 0);
  const lines = items.map(([what, dollars]) => `  $${dollars.toFixed(4)}  ${what}`);
  return [`At most ${HOURS} hours, about $${total.toFixed(2)}:`, ...lines].join('\n');
}

async function confirmed(): Promise<boolean> {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Deploy, test and remove it? (yes) ');
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

async function clean(target: Target, cdk: CdkCli): Promise<void> {
  const stack = await DeployedStack.find(target, STACK);
  if (stack === undefined) {
    console.log(`There is no stack ${STACK}.`);
    return;
  }
  await emptyBuckets(target, stack.resources);
  await cdk.destroy();
  const left = await leftovers(target, stack.resources);
  if (left.length > 0) {
    throw new Error(`these resources are still there: ${left.join(', ')}`);
  }
  console.log(`Removed ${STACK}.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
