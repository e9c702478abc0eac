import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { perApp } from '../core/per-app';

/** The resources of an app that the dashboard shows, registered by the parts that create them. */
export class Watched {
  static readonly of = perApp(() => new Watched());

  failureQueue?: sqs.IQueue;

  private constructor() {}
}
