import { execFileSync } from 'node:child_process';
import { BenchOptions, Figure, Group, progress, Sides } from './figure';
import { OrdersApp, ourOrders, plainOrders } from './orders-apps';
import { medians, repeat } from './statistics';

/** A whole `cdk synth` of one app, from the start of the process to its end: the time that a user waits. */
export const WHOLE_SYNTH: Group = { name: 'orders', figures, measure };

/** Each side called as its documentation says; `npx` looks the command up each time. */
const DIRECT = 'node_modules/.bin/cdk';
const NPX = 'npx cdk';

function figures(): Figure[] {
  const against = 'compared with the same app in plain CDK as `cdk init` sets it up';
  return [
    {
      id: 'orders-cold',
      description: `whole \`cdk synth\` of \`examples/orders\`, cold, without template validation, ${against}`,
      unit: 'ms',
      as: 'share',
      target: 0.35,
    },
    {
      id: 'orders-unchanged',
      description: 'the same, unchanged',
      unit: 'ms',
      as: 'share',
      target: 0.25,
    },
    {
      id: 'orders-cold-npx',
      description: 'the same, cold, this side also called with `npx`',
      unit: 'ms',
      as: 'share',
    },
    {
      id: 'orders-unchanged-npx',
      description: 'the same, unchanged, this side also called with `npx`',
      unit: 'ms',
      as: 'share',
    },
    {
      id: 'orders-cold-validated',
      description: `whole \`cdk synth\` of \`examples/orders\`, cold, with template validation, ${against}`,
      unit: 'ms',
      as: 'share',
      target: 0.55,
    },
    {
      id: 'orders-unchanged-validated',
      description: 'the same, unchanged',
      unit: 'ms',
      as: 'share',
      target: 0.45,
    },
  ];
}

function measure({ rounds }: BenchOptions): Record<string, Sides> {
  const ours = ourOrders();
  const plain = plainOrders();
  try {
    const times = medians(
      repeat(rounds, (round) => {
        progress(`whole cdk synth of examples/orders, round ${round + 1} of ${rounds}`);
        const quick = '--no-validation';
        return {
          ...named('plain', coldAndUnchanged(plain, `${NPX} synth --quiet ${quick}`)),
          ...named('ours', coldAndUnchanged(ours, `${DIRECT} synth --quiet ${quick}`)),
          ...named('oursNpx', coldAndUnchanged(ours, `${NPX} synth --quiet ${quick}`)),
          ...named('plainValidated', coldAndUnchanged(plain, `${NPX} synth --quiet`)),
          ...named('oursValidated', coldAndUnchanged(ours, `${DIRECT} synth --quiet`)),
        };
      }),
    );
    const of = (name: string): number => times[name] ?? Number.NaN;
    return {
      'orders-cold': { ours: of('oursCold'), theirs: of('plainCold') },
      'orders-unchanged': { ours: of('oursUnchanged'), theirs: of('plainUnchanged') },
      'orders-cold-npx': { ours: of('oursNpxCold'), theirs: of('plainCold') },
      'orders-unchanged-npx': { ours: of('oursNpxUnchanged'), theirs: of('plainUnchanged') },
      'orders-cold-validated': {
        ours: of('oursValidatedCold'),
        theirs: of('plainValidatedCold'),
      },
      'orders-unchanged-validated': {
        ours: of('oursValidatedUnchanged'),
        theirs: of('plainValidatedUnchanged'),
      },
    };
  } finally {
    ours.remove();
    plain.remove();
  }
}

interface Times {
  readonly cold: number;
  readonly unchanged: number;
}

function coldAndUnchanged(app: OrdersApp, command: string): Times {
  app.makeCold();
  return { cold: timeOf(app, command), unchanged: timeOf(app, command) };
}

function timeOf(app: OrdersApp, command: string): number {
  const start = performance.now();
  execFileSync(command, { cwd: app.folder, env: app.environment, shell: true, stdio: 'pipe' });
  return performance.now() - start;
}

function named(side: string, { cold, unchanged }: Times): Record<string, number> {
  return { [`${side}Cold`]: cold, [`${side}Unchanged`]: unchanged };
}
