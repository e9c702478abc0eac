import { NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { dependOn } from '../core/depend-on';
import { AppContext } from '../core/app-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { knowReference } from '../core/known-reference';
import { Placement } from '../core/placement';
import { Failures } from '../failure/failures';
import { lambdaResource } from '../function/app-lambda';
import { AppBucket } from '../storage/app-bucket';

/**
 * Breaks the cycles between an app's shards and what depends on them: a bucket depends on the functions that it notifies, a
 * function may refer to a function of another shard, and an authorizer's function may be in a shard that has a route with
 * that authorizer.
 */
export function breakShardCycles(app: IServerlessApp): void {
  const { placement, functions } = AppContext.of(app);
  const { stacks } = placement;
  if (stacks.length === 0) {
    return;
  }
  AppBucket.makeDeterministic(stacks);
  const shards = Placement.shardsIn(Stack.of(app));
  functions.forEach((fn) => {
    makeDeterministicIn(
      shards.filter((shard) => shard !== Stack.of(fn)),
      fn,
    );
  });
  rewriteAuthorizers(app, functions);
  dependOnFailureBucket(app, stacks);
}

/** Lets other shards use a function's deterministic name instead of a parameter. */
function makeDeterministicIn(others: readonly NestedStack[], fn: IAppFunction): void {
  const { deterministicName, deterministicArn } = FunctionContext.of(fn);
  const { ref, attrArn } = lambdaResource(fn.function);
  knowReference(ref, others, deterministicName);
  knowReference(attrArn, others, deterministicArn);
  if (fn.alias !== undefined) {
    const alias = fn.alias.node.defaultChild as lambda.CfnAlias;
    knowReference(alias.ref, others, `${deterministicArn}:${alias.name}`);
  }
}

/** An authorizer only names its function. The invoke permission, which depends on the function, comes later. */
function rewriteAuthorizers(app: IServerlessApp, functions: readonly IAppFunction[]): void {
  for (const construct of Stack.of(app).node.findAll()) {
    if (construct instanceof apigateway.CfnAuthorizer && construct.authorizerUri !== undefined) {
      construct.authorizerUri = functions.reduce((uri, fn) => {
        const { deterministicArn } = FunctionContext.of(fn);
        const known = uri.replaceAll(fn.function.functionArn, deterministicArn);
        return fn.alias === undefined
          ? known
          : known.replaceAll(fn.alias.functionArn, `${deterministicArn}:${fn.alias.aliasName}`);
      }, construct.authorizerUri);
    }
  }
}

/**
 * The shards use the deterministic name of the failure bucket, which creates no dependency, but Lambda may check the bucket when
 * it connects a stream. A bucket that depends on functions of the shards cannot be created first.
 */
function dependOnFailureBucket(app: IServerlessApp, shards: readonly NestedStack[]): void {
  const { existingBucket: bucket } = Failures.of(app);
  if (bucket instanceof AppBucket && !bucket.notifiesFunctions) {
    for (const { nestedStackResource } of shards) {
      if (nestedStackResource !== undefined) {
        dependOn(nestedStackResource, bucket.node.defaultChild as s3.CfnBucket);
      }
    }
  }
}
