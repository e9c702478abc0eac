import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppBucket } from '../storage/app-bucket';

/**
 * The environment variables of each function, which the CDK does not expose. Created in the constructor of the CDK's class,
 * before the fields of this subclass.
 */
const variablesOf = new WeakMap<AppLambda, Map<string, string>>();

/** The resource of a function. */
export function lambdaResource(fn: lambda.Function): lambda.CfnFunction {
  return fn.node.defaultChild as lambda.CfnFunction;
}

/** The CDK's function, whose environment may name a bucket that notifies it; see AppBucket. */
export class AppLambda extends lambda.Function {
  /** The environment variables, with unresolved tokens. */
  get variables(): ReadonlyMap<string, string> {
    return variablesOf.get(this) ?? new Map<string, string>();
  }

  /** Replaces references to a bucket that only appear in the finished template. */
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
