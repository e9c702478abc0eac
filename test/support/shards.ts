import { NestedStack, Stack } from 'aws-cdk-lib';
import { TemplateJson, templateOf } from './synth';

/** The nested stacks of a stack, direct ones, by their construct id. */
export function shardsOf(stack: Stack): Record<string, NestedStack> {
  const found = stack.node
    .findAll()
    .filter((part): part is NestedStack => NestedStack.isNestedStack(part))
    .filter((nested) => nested.nestedStackParent === stack);
  return Object.fromEntries(found.map((shard) => [shard.node.id, shard]));
}

/** The templates of a stack and its shards; that of the stack under its own id. */
export function templatesOf(stack: Stack): Record<string, TemplateJson> {
  const shards = Object.entries(shardsOf(stack));
  return {
    [stack.node.id]: templateOf(stack),
    ...Object.fromEntries(shards.map(([id, shard]) => [id, templateOf(shard)])),
  };
}

/** The ids of the functions in each shard, each in the order of declaration. */
export function placement(functions: readonly { readonly node: { readonly path: string } }[]): {
  [id: string]: string;
} {
  return Object.fromEntries(
    functions.map(({ node }) => {
      const [shard = '', id = ''] = node.path.split('/').slice(-2);
      return [id, shard];
    }),
  );
}
