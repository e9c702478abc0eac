import { IResource, Lazy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { AppFunction } from './function/app-function';
import { environmentVariableName } from './private/names';
import { checkShape, KNOWN_TEXT } from './private/shape';

/** What a function may do with a resource. */
export enum AccessLevel {
  /** Get, query, scan, list. */
  READ = 'read',

  /** Put, update, delete. */
  WRITE = 'write',

  /** Both. */
  READ_WRITE = 'readWrite',
}

/** Options of an access. */
export interface AccessOptions {
  /**
   * The environment variable that carries the resource's name to the handler.
   *
   * @default - the resource's id and kind in capitals: the table `Orders` gives `ORDERS_TABLE_NAME`, the bucket `Uploads`
   * gives `UPLOADS_BUCKET_NAME`
   */
  readonly environmentVariable?: string;
}

/** What an access gave a function, for the app's model and report. */
export interface AccessConfig {
  /** The kind of resource, for example `table`. */
  readonly kind: string;

  /** The construct path of the resource. */
  readonly path: string;

  /** What the function may do with it. */
  readonly level: AccessLevel;

  /**
   * The environment variable that tells the handler what it may touch.
   *
   * @default - no variable
   */
  readonly environmentVariable?: string;

  /**
   * The value of that variable: a name or an ARN, never a secret. Given together with the variable.
   *
   * @default - no variable
   */
  readonly environmentValue?: string;
}

/** Something that a function may touch. Implement it to give access to a resource that `Access` does not know. */
export interface IAccess {
  /**
   * Grants the access to the function. Statements go to `fn.grantPrincipal`; the environment variable that the returned
   * configuration names is set by the function itself.
   */
  bind(fn: AppFunction): AccessConfig;
}

// No wildcards: an action that AWS adds later is not given by accident.
const TABLE_READ = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
];
const TABLE_WRITE = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];
const OBJECT_READ = ['s3:GetObject'];
const OBJECT_WRITE = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'];
const BUCKET_READ = ['s3:ListBucket'];
const KEY_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_WRITE = [
  ...KEY_READ,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * What a function may touch: a least-privilege grant, and an environment variable with the resource's name.
 *
 * A table or bucket may be one of the app's, one made elsewhere, or an imported one. A key that encrypts it is granted too.
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
   * Both reading and writing.
   *
   * @param resource an `ITable` or an `IBucket`; anything else is an error
   */
  public static readWrite(resource: IResource, options: AccessOptions = {}): Access {
    return new Access(resource, AccessLevel.READ_WRITE, options);
  }

  private constructor(
    private readonly resource: IResource,
    private readonly level: AccessLevel,
    private readonly options: AccessOptions,
  ) {}

  public bind(fn: AppFunction): AccessConfig {
    checkShape(this.options, { environmentVariable: KNOWN_TEXT }, fn._check.at('access'));
    if (isTable(this.resource)) {
      grantTable(this.resource, fn, this.level);
      return this.config('table', this.resource.tableName);
    }
    if (isBucket(this.resource)) {
      grantBucket(this.resource, fn, this.level);
      return this.config('bucket', this.resource.bucketName);
    }
    throw fn._check.error(
      'access',
      'must name a table or a bucket',
      nameOf(this.resource),
      'grant it with the resource’s own `grant…` method and `fn.function`, or implement `IAccess`',
    );
  }

  private config(kind: string, environmentValue: string): AccessConfig {
    return {
      kind,
      path: this.resource.node.path,
      level: this.level,
      environmentVariable:
        this.options.environmentVariable ?? environmentVariableName(this.resource.node.id, kind),
      environmentValue,
    };
  }
}

// Not `instanceof`: the resource may come from another copy of aws-cdk-lib, or be imported.
function isTable(resource: unknown): resource is dynamodb.ITable {
  return isObject(resource) && 'tableArn' in resource && 'tableName' in resource;
}

function isBucket(resource: unknown): resource is s3.IBucket {
  return isObject(resource) && 'bucketArn' in resource && 'bucketName' in resource;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function nameOf(resource: unknown): unknown {
  return Construct.isConstruct(resource) ? resource.node.path : resource;
}

function grantTable(table: dynamodb.ITable, fn: AppFunction, level: AccessLevel): void {
  const indexes = Lazy.string({
    // Asked at synthesis, since an index may be added after the access was given.
    produce: () =>
      Reflect.get(table, 'hasIndex') === true ? `${table.tableArn}/index/*` : undefined,
  });
  const reads = level !== AccessLevel.WRITE;
  const actions = [
    ...(reads ? TABLE_READ : []),
    ...(level === AccessLevel.READ ? [] : TABLE_WRITE),
  ];
  const grant = {
    grantee: fn,
    actions: [...new Set(actions)].sort(),
    resourceArns: reads ? [table.tableArn, indexes] : [table.tableArn],
  };
  if (iam.GrantableResources.isResourceWithPolicy(table)) {
    // In its own policy, which only another account needs, a table cannot name itself by its ARN.
    iam.Grant.addToPrincipalOrResource({ ...grant, resource: table, resourceSelfArns: ['*'] });
  } else {
    iam.Grant.addToPrincipal(grant);
  }
  grantKey(table.encryptionKey, fn, level);
}

function grantBucket(bucket: s3.IBucket, fn: AppFunction, level: AccessLevel): void {
  if (level !== AccessLevel.WRITE) {
    iam.Grant.addToPrincipalOrResource({
      grantee: fn,
      resource: bucket,
      actions: BUCKET_READ,
      resourceArns: [bucket.bucketArn],
    });
  }
  iam.Grant.addToPrincipalOrResource({
    grantee: fn,
    resource: bucket,
    actions: [
      ...(level === AccessLevel.WRITE ? [] : OBJECT_READ),
      ...(level === AccessLevel.READ ? [] : OBJECT_WRITE),
    ].sort(),
    resourceArns: [bucket.arnForObjects('*')],
  });
  grantKey(bucket.encryptionKey, fn, level);
}

function grantKey(key: kms.IKey | undefined, fn: AppFunction, level: AccessLevel): void {
  key?.grant(fn, ...(level === AccessLevel.READ ? KEY_READ : KEY_WRITE));
}
