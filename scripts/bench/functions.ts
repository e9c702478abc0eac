import { BenchOptions, Figure, Group, progress, Sides } from './figure';
import { synthesize } from './sides';
import { medians, repeat } from './statistics';
import { Workspace } from './workspace';

/** Synthesis of many functions that use the AWS SDK. */
export const FUNCTIONS: Group = { name: 'functions', figures, measure };

function figures({ functions }: BenchOptions): Figure[] {
  return [
    {
      id: 'cold-synth',
      description: `cold synth of ${functions} functions with the SDK, compared with \`NodejsFunction\` with the SDK bundled`,
      unit: 'ms',
      as: 'faster',
      target: 20,
      goal: 50,
    },
    {
      id: 'packages-warm-synth',
      description: 'the same if the packages are in the cache and all handlers are new',
      unit: 'ms',
      as: 'faster',
      target: 25,
      goal: 60,
    },
    {
      id: 'unchanged-synth',
      description: `unchanged synth of ${functions} functions, compared with \`NodejsFunction\``,
      unit: 'ms',
      as: 'faster',
      target: 120,
      goal: 150,
    },
    {
      id: 'unchanged-against-inline',
      description:
        'the same, compared with no bundling at all: plain functions with inline code and nothing else (two resources each; ours have three)',
      unit: 'ms',
      as: 'share',
      target: 1.4,
    },
    {
      id: 'unchanged-against-own-inline',
      description:
        'the same, compared with this app with inline code, which shows the cost of unchanged bundling',
      unit: 'ms',
      as: 'share',
      target: 1.4,
    },
    {
      id: 'unchanged-against-same',
      description:
        'the same, compared with no bundling at all: plain functions with inline code and, like ours, retries and a failure queue',
      unit: 'ms',
      as: 'share',
      target: 1.4,
    },
    {
      id: 'one-changed',
      description: `one handler of ${functions} changed, compared with the unchanged synth and one function’s build`,
      unit: 'ms',
      as: 'share',
      target: 1.3,
    },
  ];
}

function measure({ functions, rounds }: BenchOptions): Record<string, Sides> {
  const workspace = new Workspace(functions);
  const single = new Workspace(1);
  try {
    synthesize(single, 'ours');
    // All sides in turn in each round.
    const times = medians(
      repeat(rounds, (round) => {
        progress(`${functions} functions, round ${round + 1} of ${rounds}`);
        workspace.clearCache();
        const cold = synthesize(workspace, 'ours').ms;
        workspace.writeHandlers(`new-${round}`);
        const packagesWarm = synthesize(workspace, 'ours').ms;
        const unchanged = synthesize(workspace, 'ours', { again: true }).ms;
        const inline = synthesize(workspace, 'inline').ms;
        const same = synthesize(workspace, 'inlineWithFailureQueue').ms;
        const ownInline = synthesize(workspace, 'oursInline').ms;
        workspace.writeHandler(0, `changed-${round}`);
        const oneChanged = synthesize(workspace, 'ours', { again: true }).ms;
        const nodejsFunction = synthesize(workspace, 'nodejsFunctionSdkBundled').ms;
        return {
          cold,
          packagesWarm,
          unchanged,
          inline,
          same,
          ownInline,
          oneChanged,
          nodejsFunction,
        };
      }),
    );
    const alone = medians(
      repeat(rounds, (round) => {
        const same = synthesize(single, 'ours', { again: true }).ms;
        single.writeHandler(0, `new-${round}`);
        return { same, changed: synthesize(single, 'ours', { again: true }).ms };
      }),
    );
    // The time to build one function if its packages are in the cache.
    const build = Math.max(0, alone.changed - alone.same);
    const { nodejsFunction: theirs, unchanged } = times;
    return {
      'cold-synth': { ours: times.cold, theirs },
      'packages-warm-synth': { ours: times.packagesWarm, theirs },
      'unchanged-synth': { ours: unchanged, theirs },
      'unchanged-against-inline': { ours: unchanged, theirs: times.inline },
      'unchanged-against-same': { ours: unchanged, theirs: times.same },
      'unchanged-against-own-inline': { ours: unchanged, theirs: times.ownInline },
      'one-changed': { ours: times.oneChanged, theirs: unchanged + build },
    };
  } finally {
    workspace.remove();
    single.remove();
  }
}
