import { NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import type { AppFunction } from '../function/app-function';
import type { ServerlessApp } from '../app/serverless-app';
import type { Sharding } from './sharding';
import { AppBucket } from '../storage/app-bucket';
import { knownName } from './known-name';
import { knowReference } from './known-reference';
import { shardOf } from '../model/shard-of';
import { lambdaResource } from '../function/private/app-lambda';

const MAX_FUNCTION_NAME_LENGTH = 64;
const MAX_DEPLOYMENT_GROUP_NAME_LENGTH = 100;

/** The nested stacks of an app, which hold its functions, or none where one stack holds all. */
export class AppShards {
  /** The shards of all apps of a stack. */
  private static readonly byStack = new WeakMap<Stack, NestedStack[]>();

  private readonly made = new Map<number, NestedStack>();

  constructor(
    private readonly app: ServerlessApp,
    private readonly sharding: Sharding | undefined,
  ) {}

  /** How many there may be. */
  get count(): number | undefined {
    return this.sharding?.count;
  }

  /** Those that have a function, in the order in which they were made. */
  get stacks(): NestedStack[] {
    return [...this.made.values()];
  }

  /** Where a function belongs: its shard, or the app itself. */
  scopeOf(id: string): Construct {
    if (this.sharding === undefined) {
      return this.app;
    }
    const number = shardOf(id, this.sharding.count);
    const shard = this.made.get(number) ?? this.make(number);
    this.made.set(number, shard);
    return shard;
  }

  /** What already has that id, in the app or a shard of it. */
  tryFindChild(id: string): IConstruct | undefined {
    const scopes = [this.app, ...this.made.values()];
    return scopes.map((scope) => scope.node.tryFindChild(id)).find((child) => child !== undefined);
  }

  /** The name of a function that has none of its own. Where there are shards it is known beforehand; else AWS gives one. */
  functionName(fn: AppFunction): string | undefined {
    if (this.sharding === undefined) {
      return undefined;
    }
    const form = { owner: Stack.of(this.app), maxLength: MAX_FUNCTION_NAME_LENGTH };
    return knownName(fn.node.scope as Construct, fn.node.id, form);
  }

  /** The name of a function's deployment group, likewise: the role of a hook names it, which the shard may wait for. */
  deploymentGroupName(fn: AppFunction): string | undefined {
    if (this.sharding === undefined) {
      return undefined;
    }
    const form = { owner: Stack.of(this.app), maxLength: MAX_DEPLOYMENT_GROUP_NAME_LENGTH };
    return knownName(fn, 'DeploymentGroup', form);
  }

  /**
   * Sees to it that no shard waits for what waits for it: a bucket, which waits for the functions that it notifies; a function
   * of another shard, which may name one of this; an authorizer of the API whose function is in a shard that has a
   * route of that authorizer.
   */
  untie(functions: readonly AppFunction[]): void {
    if (this.made.size === 0) {
      return;
    }
    AppBucket.makeKnown(this.stacks);
    const shards = AppShards.byStack.get(Stack.of(this.app)) ?? [];
    for (const fn of functions) {
      const others = shards.filter((shard) => shard !== Stack.of(fn));
      const { ref, attrArn } = lambdaResource(fn.function);
      knowReference(ref, others, fn._knownName);
      knowReference(attrArn, others, fn._knownArn);
      if (fn.alias !== undefined) {
        const alias = fn.alias.node.defaultChild as lambda.CfnAlias;
        knowReference(alias.ref, others, `${fn._knownArn}:${alias.name}`);
      }
    }
    this.untieAuthorizers(functions);
    this.waitForFailureBucket();
  }

  /**
   * A name that is known beforehand does not make the shards wait, but Lambda may look for the bucket when a stream is connected.
   * Only where the bucket waits for functions itself can it not be waited for.
   */
  private waitForFailureBucket(): void {
    const bucket = this.app._failures.existingBucket;
    if (bucket instanceof AppBucket && !bucket.notifiesFunctions) {
      for (const { nestedStackResource } of this.stacks) {
        nestedStackResource?.addResourceDependency(bucket.node.defaultChild as s3.CfnBucket);
      }
    }
  }

  /** An authorizer only names its function; who calls it is the API, later. The permission to do so waits for the function. */
  private untieAuthorizers(functions: readonly AppFunction[]): void {
    for (const construct of Stack.of(this.app).node.findAll()) {
      if (construct instanceof apigateway.CfnAuthorizer && construct.authorizerUri !== undefined) {
        construct.authorizerUri = functions.reduce((uri, fn) => {
          const known = uri.replaceAll(fn.function.functionArn, fn._knownArn);
          return fn.alias === undefined
            ? known
            : known.replaceAll(fn.alias.functionArn, `${fn._knownArn}:${fn.alias.aliasName}`);
        }, construct.authorizerUri);
      }
    }
  }

  private make(number: number): NestedStack {
    const shard = new NestedStack(this.app, `Shard${number}`, {
      description: `Functions of ${this.app.node.path}`.slice(0, 1024),
    });
    const owner = Stack.of(this.app);
    AppShards.byStack.set(owner, [...(AppShards.byStack.get(owner) ?? []), shard]);
    return shard;
  }
}
