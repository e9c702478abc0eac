import type { ResourceModel } from '../../model';
import { canonical } from '../../canonical';
import { attributeOf, isMap, listOf, mapOf, referenceOf, Value } from '../../value';
import { call, statement } from '../print';
import { attempt, NotCarried, Scope } from '../scope';
import { anyNode } from '../values';

/** The property of a resource policy that names its resources, and the property of those that has their name. */
const POLICIES: Readonly<Record<string, readonly [targets: string, name: string]>> = {
  'AWS::S3::BucketPolicy': ['Bucket', 'BucketName'],
  'AWS::SNS::TopicPolicy': ['Topics', 'TopicName'],
};

/** A bucket or a topic that the library creates, and its name in the definition. */
export interface MadeResource {
  readonly id: string;
  readonly name?: Value;
}

/** Those of the resources that the library creates to which a policy of the definition applies. */
export function madeTargets(
  { type, properties }: ResourceModel,
  made: readonly MadeResource[],
): readonly string[] {
  const [key = ''] = POLICIES[type] ?? [];
  return listOf(properties[key]).flatMap((target) => madeTarget(target, made) ?? []);
}

function madeTarget(target: Value, made: readonly MadeResource[]): string | undefined {
  const id = referenceOf(target) ?? attributeOf(target)?.id;
  return made.find((one) =>
    id === undefined
      ? one.name !== undefined && canonical(one.name) === canonical(target)
      : one.id === id,
  )?.id;
}

/**
 * The statements of a policy in the policies that the library’s buckets and topics already have: a second policy of one resource would replace
 * the first.
 */
export function writeResourcePolicy(
  resource: ResourceModel,
  targets: readonly string[],
  scope: Scope,
): string[] {
  const { logicalId, at, properties, condition } = resource;
  const names = targets.map((id) => {
    const found = scope.find(id);
    if (found === undefined) {
      throw new NotCarried(`it refers to ${id}, which the app does not have`);
    }
    return found;
  });
  const [first] = names;
  if (first !== undefined) {
    scope.declare(logicalId, { ...first, attribute: () => first.ref() });
  }
  if (condition !== undefined) {
    scope.note(
      'differs',
      at,
      `its condition ${condition} is not carried over: the statements are always in the policy; put them inside an \`if\``,
    );
  }
  const iam = scope.module('iam');
  return listOf(mapOf(properties.PolicyDocument).Statement).flatMap((one) =>
    attempt(
      () => {
        if (!isMap(one)) {
          throw new NotCarried('it is not a map');
        }
        const node = call(`${iam}.PolicyStatement.fromJson`, [anyNode(one, scope)]);
        return names.map(({ constName }) =>
          statement('', call(`${constName}.addToResourcePolicy`, [node])),
        );
      },
      (reason) => {
        scope.note('lost', at, `a statement of the policy is not carried over: ${reason}`);
      },
    ).flat(),
  );
}
