import { createHash } from 'node:crypto';
import { Fn, ScopedAws, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

const HASH_LENGTH = 8;
/** The length of the separator and two groups of the stack id's UUID. */
const SUFFIX_LENGTH = 13;
const suffixes = new WeakMap<Stack, string>();

export interface DeterministicNameForm {
  /** The stack whose id is used. A stack nested in it receives the id as a parameter. */
  readonly owner: Stack;
  readonly maxLength: number;
  readonly lowerCase?: boolean;
}

/**
 * `<id path>-<hash>-<time part of the stack id's UUID>`: a name that is known before the resource exists. Unlike a fixed name, it
 * is unique to the stack, so it collides neither with resources that an earlier stack of the same name retained, nor with the
 * same stack in another account: bucket names are global.
 *
 * The UUID has version 1. Its last group is the host that created the stack, and recurs; the first two are the time, which recurs
 * after 325 days (2^48 units of 100 ns), to the millisecond.
 */
export function deterministicName(
  scope: Construct,
  id: string,
  form: DeterministicNameForm,
): string {
  const path = `${scope.node.path}/${id}`;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, HASH_LENGTH);
  const readable = (form.lowerCase === true ? path.toLowerCase() : path)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, form.maxLength - SUFFIX_LENGTH - HASH_LENGTH - 1)
    .replace(/-$/, '');
  const prefix = readable === '' ? hash : `${readable}-${hash}`;
  return `${prefix}-${suffixOf(form.owner)}`;
}

/** One token for all names in a stack. */
function suffixOf(owner: Stack): string {
  let suffix = suffixes.get(owner);
  if (suffix === undefined) {
    const uuid = Fn.select(2, Fn.split('/', stackIdOf(owner)));
    suffix = Fn.join(
      '',
      [0, 1].map((group) => Fn.select(group, Fn.split('-', uuid))),
    );
    suffixes.set(owner, suffix);
  }
  return suffix;
}

/** A nested stack's own `stackId` cannot be used: inside that stack it would be a resource of its parent. */
function stackIdOf(stack: Stack): string {
  return stack.nested ? new ScopedAws(stack).stackId : stack.stackId;
}
