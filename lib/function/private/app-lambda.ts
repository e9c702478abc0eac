import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppBucket } from '../../private/app-bucket';

/** The CDK's function, whose environment may name a bucket that notifies it; see AppBucket. */
export class AppLambda extends lambda.Function {
  /** Replaces what names a bucket in a way that only the finished template shows. */
  knowBuckets(): void {
    const resource = this.node.defaultChild as lambda.CfnFunction;
    const { environment } = resource;
    resource.environment = Lazy.uncachedAny({
      produce: (context) => AppBucket.withKnownValues(this, context.resolve(environment)),
    });
  }

  override addEnvironment(key: string, value: string, options?: lambda.EnvironmentOptions): this {
    return super.addEnvironment(key, AppBucket.withKnownNames(this, value), options);
  }
}
