import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppBucket } from '../storage/app-bucket';

/** What a function's variables are, since the CDK does not say it. Made by the constructor of the CDK's class, before any field of ours. */
const variablesOf = new WeakMap<AppLambda, Map<string, string>>();

/** The resource of a function. */
export function lambdaResource(fn: lambda.Function): lambda.CfnFunction {
  return fn.node.defaultChild as lambda.CfnFunction;
}

/** The CDK's function, whose environment may name a bucket that notifies it; see AppBucket. */
export class AppLambda extends lambda.Function {
  /** The environment variables, with Tokens as they are. */
  get variables(): ReadonlyMap<string, string> {
    return variablesOf.get(this) ?? new Map<string, string>();
  }

  /** Replaces what names a bucket in a way that only the finished template shows. */
  knowBuckets(): void {
    const resource = lambdaResource(this);
    const { environment } = resource;
    resource.environment = Lazy.uncachedAny({
      produce: (context) => AppBucket.withDeterministicValues(this, context.resolve(environment)),
    });
  }

  override addEnvironment(key: string, value: string, options?: lambda.EnvironmentOptions): this {
    const known = AppBucket.withDeterministicNames(this, value);
    const variables = variablesOf.get(this) ?? new Map<string, string>();
    variablesOf.set(this, variables.set(key, known));
    return super.addEnvironment(key, known, options);
  }
}
