import { IResource } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { BUCKET, PARAMETER, QUEUE, ResourceKind, SECRET, TABLE, TOPIC } from './grants';
import { environmentVariableName } from '../core/names';
import { checkProps } from '../props/check-props';
import { knownText } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import { FunctionContext } from '../core/function-context';
import { AccessConfig, AccessLevel, IAccess, IAppFunction } from '../core/contract';

/** Options of an access. */
export interface AccessOptions {
  /**
   * The environment variable with the resource's name, ARN or URL.
   *
   * @default - derived from the resource's id and kind: `ORDERS_TABLE_NAME`, `UPLOADS_BUCKET_NAME`, `DB_SECRET_ARN`,
   * `LIMIT_PARAMETER_NAME`, `JOBS_QUEUE_URL`, `NEWS_TOPIC_ARN`
   */
  readonly environmentVariable?: string;
}

/** @internal */
export const ACCESS_PROPS = propsOf<AccessOptions>()({ environmentVariable: knownText() });

/**
 * What a function may access: a least-privilege grant, and an environment variable with the resource's name, ARN or URL.
 *
 * The resource may belong to the app, be created elsewhere, or be imported. If a customer-managed key encrypts it, the function
 * may use the key too.
 */
export class Access implements IAccess {
  /**
   * Get, query and scan a table with its indexes, or get and list the objects of a bucket.
   *
   * @param resource an `ITable` or an `IBucket`; anything else is an error
   */
  public static read(resource: IResource, options: AccessOptions = {}): Access {
    return new Access(resource, AccessLevel.READ, options);
  }

  /**
   * Put, update and delete items of a table, or put and delete the objects of a bucket. It does not include reading.
   *
   * @param resource an `ITable` or an `IBucket`; anything else is an error
   */
  public static write(resource: IResource, options: AccessOptions = {}): Access {
    return new Access(resource, AccessLevel.WRITE, options);
  }

  /**
   * Read and write.
   *
   * @param resource an `ITable` or an `IBucket`; anything else is an error
   */
  public static readWrite(resource: IResource, options: AccessOptions = {}): Access {
    return new Access(resource, AccessLevel.READ_WRITE, options);
  }

  /**
   * Get the value of a secret. The environment variable holds the ARN, never the value: the handler gets it from Secrets Manager
   * at run time, so a rotated secret needs no deployment.
   *
   * @param secret created in this app, or imported by ARN or name
   */
  public static secret(secret: secretsmanager.ISecret, options: AccessOptions = {}): Access {
    return new Access(secret, AccessLevel.READ, options, [SECRET]);
  }

  /**
   * Get the value of a Systems Manager parameter. The environment variable holds the name. Import a `SecureString` that is
   * encrypted with your own key with `encryptionKey`.
   *
   * @param parameter created in this app, or imported
   */
  public static parameter(parameter: ssm.IParameter, options: AccessOptions = {}): Access {
    return new Access(parameter, AccessLevel.READ, options, [PARAMETER]);
  }

  /**
   * Send messages to a queue. The environment variable holds the URL. It does not include receiving.
   *
   * @param queue created in this app, or imported
   */
  public static send(queue: sqs.IQueue, options: AccessOptions = {}): Access {
    return new Access(queue, AccessLevel.SEND, options, [QUEUE]);
  }

  /**
   * Publish messages to a topic. The environment variable holds the ARN. It does not include subscribing.
   *
   * @param topic created in this app, or imported
   */
  public static publish(topic: sns.ITopic, options: AccessOptions = {}): Access {
    return new Access(topic, AccessLevel.PUBLISH, options, [TOPIC]);
  }

  private constructor(
    private readonly resource: IResource,
    private readonly level: AccessLevel,
    private readonly options: AccessOptions,
    private readonly kinds: readonly ResourceKind[] = [TABLE, BUCKET],
  ) {}

  public bind(fn: IAppFunction): AccessConfig {
    checkProps(this.options, ACCESS_PROPS, FunctionContext.of(fn).check.at('access'));
    const { level, resource } = this;
    for (const { kind, suffix, of } of this.kinds) {
      const grantable = of(resource);
      if (grantable !== undefined) {
        grantable.grant(fn, {
          reads: level !== AccessLevel.WRITE,
          writes: level !== AccessLevel.READ,
        });
        return {
          kind,
          path: resource.node.path,
          level,
          environmentVariable:
            this.options.environmentVariable ??
            environmentVariableName(resource.node.id, kind, suffix),
          environmentValue: grantable.value,
        };
      }
    }
    throw this.wrongKind(fn);
  }

  private wrongKind(fn: IAppFunction): Error {
    return FunctionContext.of(fn).check.error(
      'access',
      `must name ${this.kinds.map(({ kind }) => `a ${kind}`).join(' or ')}`,
      nameOf(this.resource),
      'there are `Access.read`, `write`, `readWrite`, `secret`, `parameter`, `send` and `publish`; grant anything else with the ' +
        'resource’s own `grant…` method and `fn.function`, or implement `IAccess`',
    );
  }
}

function nameOf(resource: unknown): unknown {
  return Construct.isConstruct(resource) ? resource.node.path : resource;
}
