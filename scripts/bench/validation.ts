import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BenchOptions, Figure, Group, progress, Sides } from './figure';
import { OrdersApp, ourOrders } from './orders-apps';
import { medians, repeat } from './statistics';

/** What the CDK's own validation of templates costs: the process of one app with it, against the same without it. */
export const VALIDATION: Group = { name: 'validation', figures, measure };

/** With the flag that the README recommends, and without. */
const LIFTOFF = '--liftoff-only';

function figures(): Figure[] {
  return [
    {
      id: 'validation-time',
      description:
        'the CDK’s template validation, by default: the app of `examples/orders` with it, against without it',
      unit: 'ms',
      as: 'share',
    },
    { id: 'validation-memory', description: 'the same, peak memory', unit: 'MB', as: 'share' },
    {
      id: 'validation-time-liftoff',
      description: `the same with \`${LIFTOFF}\`, against without validation`,
      unit: 'ms',
      as: 'share',
    },
    {
      id: 'validation-memory-liftoff',
      description: 'the same, peak memory',
      unit: 'MB',
      as: 'share',
    },
  ];
}

function measure({ rounds }: BenchOptions): Record<string, Sides> {
  const app = ourOrders();
  try {
    run(app, [], false); // what is bundled is the same in all, so it comes from the cache in all
    const samples = repeat(rounds, (round) => {
      progress(`template validation, round ${round + 1} of ${rounds}`);
      return { off: run(app, [], false), on: run(app, [], true), lift: run(app, [LIFTOFF], true) };
    });
    const off = medians(samples.map((sample) => sample.off));
    const on = medians(samples.map((sample) => sample.on));
    const lift = medians(samples.map((sample) => sample.lift));
    return {
      'validation-time': { ours: on.ms, theirs: off.ms },
      'validation-memory': { ours: on.mb, theirs: off.mb },
      'validation-time-liftoff': { ours: lift.ms, theirs: off.ms },
      'validation-memory-liftoff': { ours: lift.mb, theirs: off.mb },
    };
  } finally {
    app.remove();
  }
}

/** The app alone, as the CLI runs it. */
function run(
  app: OrdersApp,
  flags: readonly string[],
  validation: boolean,
): Record<'ms' | 'mb', number> {
  const peak = path.join(app.folder, 'peak.cjs');
  fs.writeFileSync(
    peak,
    `process.on('exit', () => require('node:fs').writeFileSync('peak', String(process.resourceUsage().maxRSS / 1024)));`,
  );
  const start = performance.now();
  execFileSync(process.execPath, [...flags, '-r', peak, '-r', 'sucrase/register/ts', 'app.ts'], {
    cwd: app.folder,
    env: {
      ...app.environment,
      CDK_OUTDIR: path.join(app.folder, 'cdk.out'),
      CDK_VALIDATION: String(validation),
    },
    stdio: 'pipe',
  });
  const ms = performance.now() - start;
  return { ms, mb: Number(fs.readFileSync(path.join(app.folder, 'peak'), 'utf8')) };
}
