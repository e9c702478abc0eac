import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AppBucket } from '../../private/app-bucket';

/** The CDK's function, whose environment may name a bucket that notifies it; see AppBucket. */
export class AppLambda extends lambda.Function {
  constructor(scope: Construct, id: string, props: lambda.FunctionProps) {
    super(scope, id, props);
    const resource = this.node.defaultChild as lambda.CfnFunction;
    const { environment } = resource;
    resource.environment = Lazy.uncachedAny({
      // Resolving takes time, and a stack without such buckets has nothing to replace.
      produce: (context) =>
        AppBucket.areIn(this.stack)
          ? AppBucket.withKnownValues(this, context.resolve(environment))
          : environment,
    });
  }

  override addEnvironment(key: string, value: string, options?: lambda.EnvironmentOptions): this {
    return super.addEnvironment(key, AppBucket.withKnownNames(this, value), options);
  }
}
