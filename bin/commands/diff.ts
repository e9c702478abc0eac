import * as fs from 'node:fs';
import * as path from 'node:path';
import { Connect, connect as toAws } from '../cloud';
import type { Invocation } from '../command-spec';
import { Difference, stackChange, StackChange } from '../diff/difference';
import { failures, parseFailOn } from '../diff/fail-on';
import { formatDifference } from '../diff/format';
import { markdownOf } from '../diff/markdown';
import { AssemblyStack, readStacks } from '../diff/read-assembly';
import { readDeployed } from '../diff/read-deployed';
import { withOther } from '../estimate/other-assembly';
import type { Io } from '../io';
import { awsOptions, text } from '../open-app';
import { UserError } from '../user-error';
import { compareAll, estimatesOf } from './estimate';

const DEPLOYED = 'deployed';

/** `diff`. Exits with 1 if it finds a kind that `--fail-on` names. */
export async function diff(
  { options }: Invocation,
  io: Io,
  connect: Connect = toAws,
): Promise<number> {
  const kinds = parseFailOn(text(options.failOn));
  const assembly = String(options.assembly);
  if (!fs.existsSync(path.join(assembly, 'manifest.json'))) {
    throw new UserError(
      `there is no cloud assembly in ${assembly}`,
      'run `npx cdk synth` first, or name the folder with --assembly',
    );
  }
  const stacks = readStacks(assembly);
  const other = text(options.compare);
  const difference =
    other === undefined
      ? await withDeployed(stacks, options, io, connect)
      : await withOther(other, io, (folder) => withAssembly(stacks, assembly, folder, other));
  io.out(rendered(difference, options, io));
  const failed = failures(difference, kinds);
  failed.forEach(io.say);
  return failed.length === 0 ? 0 : 1;
}

function rendered(difference: Difference, options: Invocation['options'], io: Io): string {
  if (options.json === true) {
    return `${JSON.stringify(difference, undefined, 2)}\n`;
  }
  return options.markdown === true
    ? markdownOf(difference)
    : formatDifference(difference, io.colors);
}

function withAssembly(
  stacks: readonly AssemblyStack[],
  assembly: string,
  folder: string,
  comparedWith: string,
): Difference {
  const before = readStacks(folder);
  const names = [...before, ...stacks].map(({ tree }) => tree.name);
  const find = (some: readonly AssemblyStack[], name: string): AssemblyStack['tree'] | undefined =>
    some.find(({ tree }) => tree.name === name)?.tree;
  return {
    comparedWith,
    stacks: [...new Set(names)].map((name) => stackChange(find(before, name), find(stacks, name))),
    costs: compareAll(estimatesOf(assembly, undefined), folder, undefined, 'moderate'),
  };
}

async function withDeployed(
  stacks: readonly AssemblyStack[],
  options: Invocation['options'],
  io: Io,
  connect: Connect,
): Promise<Difference> {
  const given = awsOptions(options);
  const changes = await io.during('reading the deployed templates', () =>
    Promise.all(
      stacks.map(async ({ tree, region }): Promise<StackChange> => {
        const reader = await connect({ ...given, region: given.region ?? region }).stacks();
        return stackChange(await readDeployed(reader, tree.name, tree.paths), tree);
      }),
    ),
  );
  io.say('the change in the monthly cost needs --compare: a deployed stack has no estimate');
  return { comparedWith: DEPLOYED, stacks: changes };
}
