import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppBucket } from './app-bucket';
import { BUCKET_DEFAULTS } from '../core/defaults';
import { perApp } from '../core/per-app';
import { unquoted } from '../props/prop-check';
import { makeBucket } from './storage';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { warn } from '../core/messages';

/** The app's props that configure access logs. */
export interface AccessLogProps {
  readonly serverAccessLogs?: boolean;
  readonly serverAccessLogsBucket?: s3.IBucket;
}

/** S3 server access logs: one bucket for the logs of all buckets of an app. */
export class AccessLogs {
  static readonly of = perApp((context) => new AccessLogs(context));

  /** The buckets of the app whose access logs are not configured by the user. */
  readonly unlogged: AppBucket[] = [];

  private readonly enabled: boolean;
  private readonly logged: AppBucket[] = [];
  private madeBucket?: s3.IBucket;

  private readonly app: IServerlessApp;
  private readonly props: AccessLogProps;

  private constructor(private readonly context: AppContext) {
    this.app = context.app;
    this.props = context.props;
    const { serverAccessLogs: enabled, serverAccessLogsBucket: bucket } = this.props;
    if (enabled === false && bucket !== undefined) {
      throw context.check.error(
        'serverAccessLogsBucket',
        'must not be combined with `serverAccessLogs: false`',
        unquoted('both'),
        'leave out one of them',
      );
    }
    this.enabled = enabled ?? (bucket !== undefined || context.defaults.serverAccessLogs);
  }

  /** The bucket for the logs, once a bucket of the app is logged. */
  get existingBucket(): s3.IBucket | undefined {
    return this.madeBucket;
  }

  /** Enables access logs for a bucket, unless the user configured them for that bucket. */
  follow(bucket: AppBucket, props: s3.BucketProps): void {
    if (props.serverAccessLogsBucket !== undefined || props.serverAccessLogsPrefix !== undefined) {
      return;
    }
    if (!this.enabled) {
      if (this.props.serverAccessLogs === undefined) {
        this.unlogged.push(bucket);
      }
      return;
    }
    this.logged.push(bucket);
    this.madeBucket ??= this.makeBucket();
    (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
      destinationBucketName: this.madeBucket.bucketName,
      logFilePrefix: `${bucket.node.path}/`,
    };
  }

  private makeBucket(): s3.IBucket {
    const { serverAccessLogsBucket: given } = this.props;
    const bucket =
      given ??
      makeBucket(
        this.app,
        'AccessLogs',
        {
          lifecycleRules: [
            { id: 'ForgetAccessLogs', expiration: BUCKET_DEFAULTS.accessLogRetention },
          ],
        },
        this.context.defaults,
        false,
      );
    const { statementAdded } = bucket.addToResourcePolicy(this.deliveryStatement(bucket));
    if (!statementAdded) {
      warn(
        this.app,
        'cdk-serverless-app:access-logs-policy',
        `${this.app.node.path}: \`serverAccessLogsBucket\` is imported, so the app cannot change its policy: it must allow ` +
          'logging.s3.amazonaws.com to put objects, otherwise S3 delivers no logs',
      );
    }
    return bucket;
  }

  /** Not the CDK's `serverAccessLogsBucket`, which without a feature flag uses an ACL that new buckets reject. */
  private deliveryStatement(bucket: s3.IBucket): iam.PolicyStatement {
    const { account } = Stack.of(this.app);
    // A bucket in another stack must not refer to our buckets, which depend on it.
    const sources = {
      ArnLike: {
        'aws:SourceArn': Lazy.any({
          produce: () => this.logged.map((one) => one.deterministicArn),
        }),
      },
    };
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ...(this.props.serverAccessLogsBucket === undefined ? sources : {}),
      },
    });
  }
}
