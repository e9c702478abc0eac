import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BenchOptions, Figure, Group, progress, Sides } from './figure';
import { OurOrders, ourOrders } from './orders-apps';
import { medians, repeat } from './statistics';

/** The cost of the CDK's own validation of templates: the process of one app with it, against the same without it. */
export const VALIDATION: Group = { name: 'validation', figures, measure };

function figures(): Figure[] {
  return [
    {
      id: 'validation-time',
      description:
        'the CDK’s template validation, by default: the app of `examples/orders` with it, compared with the app without it',
      unit: 'ms',
      as: 'share',
    },
    { id: 'validation-memory', description: 'the same, peak memory', unit: 'MB', as: 'share' },
    {
      id: 'validation-time-flags',
      description:
        'the same with the flags of Node.js that the README recommends, compared with no validation',
      unit: 'ms',
      as: 'share',
    },
    {
      id: 'validation-memory-flags',
      description: 'the same, peak memory',
      unit: 'MB',
      as: 'share',
    },
  ];
}

function measure({ rounds }: BenchOptions): Record<string, Sides> {
  const app = ourOrders();
  try {
    const recommended = app.command;
    const standard = recommended.replaceAll(/ --\S+/g, ''); // the preload of the compiler, `-r`, stays
    run(app, standard, false); // fills the cache: the bundles are the same in all runs
    const samples = repeat(rounds, (round) => {
      progress(`template validation, round ${round + 1} of ${rounds}`);
      return {
        off: run(app, standard, false),
        on: run(app, standard, true),
        flags: run(app, recommended, true),
      };
    });
    const off = medians(samples.map((sample) => sample.off));
    const on = medians(samples.map((sample) => sample.on));
    const flags = medians(samples.map((sample) => sample.flags));
    return {
      'validation-time': { ours: on.ms, theirs: off.ms },
      'validation-memory': { ours: on.mb, theirs: off.mb },
      'validation-time-flags': { ours: flags.ms, theirs: off.ms },
      'validation-memory-flags': { ours: flags.mb, theirs: off.mb },
    };
  } finally {
    app.remove();
  }
}

/** The app alone, as the CLI runs it. */
function run(app: OurOrders, command: string, validation: boolean): Record<'ms' | 'mb', number> {
  const preload = path.join(app.folder, 'peak.cjs');
  fs.writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync('peak', String(process.resourceUsage().maxRSS / 1024)));`,
  );
  const start = performance.now();
  execFileSync(command, {
    cwd: app.folder,
    env: {
      ...app.environment,
      CDK_OUTDIR: path.join(app.folder, 'cdk.out'),
      CDK_VALIDATION: String(validation),
      NODE_OPTIONS: `--require ${preload}`,
    },
    shell: true,
    stdio: 'pipe',
  });
  const ms = performance.now() - start;
  return { ms, mb: Number(fs.readFileSync(path.join(app.folder, 'peak'), 'utf8')) };
}
