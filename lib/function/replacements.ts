import { createHash } from 'node:crypto';
import {
  CfnResource,
  DefaultTokenResolver,
  IPostProcessor,
  IResolvable,
  IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { resourceSchema, valuesAt } from '../model/resource-schema';
import { lambdaResource } from './app-lambda';

/** Properties that are not part of a version, as in the CDK's hash of a version. */
const NOT_PUBLISHED = [
  'CodeSigningConfigArn',
  'ReservedConcurrentExecutions',
  'Tags',
  'TenancyConfig',
];

/**
 * Publishes a new version when an update replaces a resource that the function refers to: a table whose key changes, a role, a
 * layer. The function's own template stays the same, so the CDK would keep the version, and the alias would name the old resource
 * (https://github.com/aws/aws-cdk/issues/25997). Call it once everything is declared.
 */
export function publishAfterReplacements(fn: lambda.Function): void {
  const resource = lambdaResource(fn);
  const behind = new Map<CfnResource, unknown>([[resource, undefined]]);
  const { properties, references } = render(resource);
  references.in(publishedIn(properties)).forEach((other) => {
    addCreateOnly(other, behind);
  });
  behind.delete(resource);
  if (behind.size > 0) {
    const identities = [...behind].map(([{ cfnResourceType }, values]) => [
      cfnResourceType,
      values,
    ]);
    const hash = createHash('sha256').update(JSON.stringify(identities));
    fn.invalidateVersionBasedOn(hash.digest('hex'));
  }
}

/**
 * The properties that Lambda publishes with a version. If only others change, Lambda publishes none, and a new `AWS::Lambda::Version`
 * fails: https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
function publishedIn(properties: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(properties).filter(([name]) => !NOT_PUBLISHED.includes(name));
}

/** Adds the create-only properties of a resource, and those of the resources that they refer to. */
function addCreateOnly(resource: CfnResource, behind: Map<CfnResource, unknown>): void {
  if (behind.has(resource)) {
    return;
  }
  const { properties, references } = render(resource);
  const values = resourceSchema(resource.cfnResourceType).createOnly.map((path) =>
    valuesAt(properties, path),
  );
  behind.set(resource, values);
  references.in(values).forEach((other) => {
    addCreateOnly(other, behind);
  });
}

/** The properties of a resource as in the template, with a unique key for each reference to a resource. */
function render(resource: CfnResource): {
  properties: Readonly<Record<string, unknown>>;
  references: References;
} {
  const references = new References();
  const { Resources: resources } = Tokenization.resolve(resource._toCloudFormation(), {
    scope: resource,
    resolver: references,
    preparing: false,
  }) as { Resources: Record<string, { Properties?: Record<string, unknown> }> };
  return { properties: Object.values(resources)[0]?.Properties ?? {}, references };
}

/** Resolves tokens, and remembers the resources that they refer to. */
class References extends DefaultTokenResolver {
  /** By key: resources of different stacks may have the same logical id. */
  private readonly targets = new Map<string, Set<CfnResource>>();

  constructor() {
    super({ join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    if (!Reference.isReference(token) || !CfnResource.isCfnResource(token.target)) {
      return super.resolveToken(token, context, postProcessor);
    }
    const { target, displayName } = token;
    const logicalId = Stack.of(target).resolve(target.logicalId) as string;
    const key = `${logicalId}.${displayName}`;
    this.targets.set(key, (this.targets.get(key) ?? new Set()).add(target));
    return { Ref: key };
  }

  /** The resources that a resolved value refers to. */
  in(value: unknown): CfnResource[] {
    const keys = new Set<string>();
    JSON.stringify(value, (name, inner: unknown) => {
      if (name === 'Ref' && typeof inner === 'string') {
        keys.add(inner);
      }
      return inner;
    });
    return [...keys].flatMap((key) => [...(this.targets.get(key) ?? [])]);
  }
}
