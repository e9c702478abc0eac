import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppBucket } from '../../private/app-bucket';

/** The CDK's function, whose environment may name a bucket that notifies it; see AppBucket. */
export class AppLambda extends lambda.Function {
  override addEnvironment(key: string, value: string, options?: lambda.EnvironmentOptions): this {
    return super.addEnvironment(key, AppBucket.withKnownNames(this, value), options);
  }
}
