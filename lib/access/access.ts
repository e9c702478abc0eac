import { IResource } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { BUCKET, PARAMETER, QUEUE, ResourceKind, SECRET, STREAM, TABLE, TOPIC } from './grants';
import { wrongKind } from './wrong-kind';
import { environmentVariableName } from '../core/names';
import { checkKeyPart } from '../core/object-keys';
import { checkProps } from '../props/check-props';
import { flag, fullText, knownText } from '../props/kinds';
import type { PropSet } from '../props/prop';
import { PropCheck, unquoted } from '../props/prop-check';
import { propsOf } from '../props/prop-set';
import { FunctionContext } from '../core/function-context';
import { AccessConfig, AccessLevel, IAccess, IAppFunction } from '../core/contract';

/** Options for an access. */
export interface AccessOptions {
  /**
   * The environment variable with the resource's name, ARN or URL.
   *
   * @default - derived from the resource's id and kind: `ORDERS_TABLE_NAME`, `UPLOADS_BUCKET_NAME`, `DB_SECRET_ARN`,
   * `CLICKS_STREAM_NAME`, `LIMIT_PARAMETER_NAME`, `JOBS_QUEUE_URL`, `NEWS_TOPIC_ARN`
   */
  readonly environmentVariable?: string;

  /**
   * Whether the function gets that environment variable. Without it the handler finds the resource in another way, for example by a
   * variable of `environment`.
   *
   * @default true
   */
  readonly setEnvironmentVariable?: boolean;
}

/** Options for access to a table or a bucket. */
export interface StorageAccessOptions extends AccessOptions {
  /**
   * Only the objects of a bucket whose keys have this prefix, for example `out/`, without `*`. Listing the bucket is
   * restricted to that prefix too.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * Only this index of a table, for reading: the function may query and scan the index, and not the table.
   *
   * @default - the table with all its indexes
   */
  readonly index?: string;
}

/** @internal */
export const ACCESS_PROPS = propsOf<AccessOptions>()({
  environmentVariable: knownText(),
  setEnvironmentVariable: flag().defaultsTo(true),
});

/** @internal */
export const STORAGE_ACCESS_PROPS = propsOf<StorageAccessOptions>()({
  ...ACCESS_PROPS.props,
  prefix: fullText(),
  index: fullText(),
});

const STORAGE: readonly ResourceKind[] = [TABLE, BUCKET, STREAM];

/**
 * What a function may access: a least-privilege grant, and an environment variable with the resource's name, ARN or URL.
 *
 * The resource may belong to the app, be created elsewhere, or be imported. If a customer-managed key encrypts it, the function
 * may use the key too.
 */
export class Access implements IAccess {
  /**
   * Get, query and scan a table with its indexes, get and list the objects of a bucket, or read the shards of a Kinesis stream.
   *
   * @param resource an `ITable`, an `IBucket` or a Kinesis `IStream`; anything else is an error
   */
  public static read(resource: IResource, options: StorageAccessOptions = {}): Access {
    return new Access(resource, AccessLevel.READ, options);
  }

  /**
   * Put, update and delete items of a table, put and delete the objects of a bucket, or put records into a Kinesis stream. It does
   * not include reading.
   *
   * @param resource an `ITable`, an `IBucket` or a Kinesis `IStream`; anything else is an error
   */
  public static write(resource: IResource, options: StorageAccessOptions = {}): Access {
    return new Access(resource, AccessLevel.WRITE, options);
  }

  /**
   * Read and write.
   *
   * @param resource an `ITable`, an `IBucket` or a Kinesis `IStream`; anything else is an error
   */
  public static readWrite(resource: IResource, options: StorageAccessOptions = {}): Access {
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
    private readonly options: StorageAccessOptions,
    private readonly kinds: readonly ResourceKind[] = STORAGE,
  ) {}

  public bind(fn: IAppFunction): AccessConfig {
    const check = FunctionContext.of(fn).check;
    const { level, options, resource } = this;
    const set: PropSet = this.kinds === STORAGE ? STORAGE_ACCESS_PROPS : ACCESS_PROPS;
    checkProps(options, set, check.at('access'));
    const kind = this.kinds.find(({ of }) => of(resource) !== undefined);
    const grantable = kind?.of(resource);
    if (kind === undefined || grantable === undefined) {
      throw wrongKind(resource, this.kinds, check);
    }
    checkStorageOptions(options, kind, level, check.at('access'));
    const { index, prefix } = options;
    grantable.grant(fn, {
      reads: level !== AccessLevel.WRITE,
      writes: level !== AccessLevel.READ,
      prefix,
      index,
    });
    return {
      kind: kind.kind,
      path: resource.node.path,
      level,
      part: prefix === undefined ? index : `${prefix}*`,
      ...this.variable(kind, grantable.value),
    };
  }

  private variable(
    { kind, suffix }: ResourceKind,
    value: string,
  ): Pick<AccessConfig, 'environmentVariable' | 'environmentValue'> {
    const { environmentVariable, setEnvironmentVariable = true } = this.options;
    return setEnvironmentVariable
      ? {
          environmentVariable:
            environmentVariable ?? environmentVariableName(this.resource.node.id, kind, suffix),
          environmentValue: value,
        }
      : {};
  }
}

function checkStorageOptions(
  { environmentVariable, index, prefix, setEnvironmentVariable }: StorageAccessOptions,
  kind: ResourceKind,
  level: AccessLevel,
  check: PropCheck,
): void {
  if (setEnvironmentVariable === false && environmentVariable !== undefined) {
    throw check.error(
      'environmentVariable',
      'must be left out together with `setEnvironmentVariable: false`',
      unquoted('both'),
      'leave out one of them',
    );
  }
  if (prefix !== undefined) {
    requireKind('prefix', BUCKET, kind, check);
    checkKeyPart('prefix', prefix, check);
  }
  if (index !== undefined) {
    requireKind('index', TABLE, kind, check);
    if (level !== AccessLevel.READ) {
      throw check.error(
        'index',
        'must be left out for writing, since an index is only read',
        index,
        'read the index and write the table with two accesses: `Access.read(table, { index })` and `Access.write(table)`',
      );
    }
  }
}

function requireKind(
  prop: string,
  expected: ResourceKind,
  kind: ResourceKind,
  check: PropCheck,
): void {
  if (kind !== expected) {
    throw check.error(
      prop,
      `must be given for a ${expected.kind} only`,
      unquoted(`a ${kind.kind}`),
      kind === TABLE
        ? 'give a table `index`, or leave it out'
        : 'give a bucket `prefix`, or leave it out',
    );
  }
}
