import type { StackReader } from '../deployed-stack';
import { UserError } from '../user-error';
import { asTemplate, NESTED_STACK, StackTree, Template } from './template';

/** A deployed stack with its nested stacks; `undefined` if no stack has that name. */
export async function readDeployed(
  reader: StackReader,
  name: string,
  paths: StackTree['paths'],
): Promise<StackTree | undefined> {
  const text = await reader.template(name);
  if (text === undefined) {
    return undefined;
  }
  const template = parse(text, name);
  const ids = Object.entries(template.Resources ?? {})
    .filter(([, { Type }]) => Type === NESTED_STACK)
    .map(([id]) => id);
  const { resources } = ids.length === 0 ? { resources: {} } : await reader.describe(name);
  const physical: Readonly<Record<string, { readonly id: string } | undefined>> = resources;
  const nested: Record<string, StackTree> = {};
  for (const id of ids) {
    const tree = await readDeployed(reader, physical[id]?.id ?? id, paths);
    if (tree !== undefined) {
      nested[id] = tree;
    }
  }
  return { name, template, nested, paths };
}

function parse(text: string, stack: string): Template {
  try {
    const template = asTemplate(JSON.parse(text));
    if (template !== undefined) {
      return template;
    }
  } catch {
    // Reported below.
  }
  throw new UserError(
    `the template of ${stack} is not JSON`,
    'the CDK deploys JSON; a stack deployed by another tool cannot be compared',
  );
}
