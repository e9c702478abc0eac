import { Lazy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { deterministicName } from '../core/deterministic-name';
import { knowReference } from '../core/known-reference';

const MAX_NAME_LENGTH = 63;
/** The length of `-<account>-<region>-an` with the longest region name. */
const REGIONAL_SUFFIX_LENGTH = '-123456789012-ap-southeast-1-an'.length;
/** Also recognises buckets of another copy of this library, for which `instanceof` fails. */
const BRAND = Symbol.for('cdk-serverless-app.AppBucket');

/** A notification of a bucket, and the construct path of the function that receives it. */
export interface BucketNotification extends s3.CfnBucket.LambdaConfigurationProperty {
  readonly target: string;
}

/**
 * A bucket whose notifications are part of its own resource.
 *
 * The CDK configures notifications through a helper Lambda function, because a bucket that refers to a function which refers to
 * the bucket is a circular dependency. Here the bucket's name is deterministic, so everything that a function depends on can use
 * that name (`withDeterministicNames`), while the bucket waits for the permissions: no circular dependency, and no helper.
 */
export class AppBucket extends s3.Bucket {
  /** Buckets by the root of the construct tree, so that a function finds the buckets of every app. */
  private static readonly byRoot = new WeakMap<IConstruct, AppBucket[]>();

  /** Whether `addBucket` created the bucket, possibly that of another copy of this library. */
  static isAppBucket(bucket: s3.IBucket): bucket is s3.Bucket {
    return BRAND in bucket;
  }

  /** The app's bucket with this deterministic ARN. */
  static findByArn(scope: IConstruct, arn: string): AppBucket | undefined {
    return AppBucket.byRoot.get(scope.node.root)?.find((it) => it.deterministicArn === arn);
  }

  /** Replaces each reference to a bucket of an app with the bucket's deterministic name or ARN. */
  static withDeterministicNames(scope: IConstruct, text: string): string {
    const buckets = AppBucket.byRoot.get(scope.node.root) ?? [];
    return buckets.reduce((result, bucket) => bucket.replaceReferences(result), text);
  }

  /** Whether a stack has buckets whose references may have to be replaced. */
  static areIn(stack: Stack): boolean {
    const buckets = AppBucket.byRoot.get(stack.node.root) ?? [];
    return buckets.some((bucket) => Stack.of(bucket) === stack);
  }

  /**
   * Replaces references to a bucket of the same stack in a resolved value, where the unresolved text does not show them: inside a
   * `Fn.join`, a `toJsonString`, or a condition.
   */
  static withDeterministicValues(scope: IConstruct, value: unknown): unknown {
    const stack = Stack.of(scope);
    const buckets = AppBucket.byRoot.get(scope.node.root) ?? [];
    const own = buckets.filter((bucket) => Stack.of(bucket) === stack);
    return own.length === 0
      ? value
      : swap(value, new Map(own.flatMap((bucket) => bucket.deterministicValues())));
  }

  /** Lets nested stacks with the bucket's functions use its deterministic name, because the bucket depends on them. */
  static makeDeterministic(stacks: readonly Stack[]): void {
    for (const stack of stacks) {
      for (const bucket of AppBucket.byRoot.get(stack.node.root) ?? []) {
        if (Stack.of(bucket) !== stack && isAround(Stack.of(bucket), stack)) {
          bucket.references().forEach(([reference, known]) => {
            knowReference(reference, [stack], known);
          });
        }
      }
    }
  }

  /** The name, usable before the bucket exists. */
  readonly deterministicName: string;

  /** The ARN, usable before the bucket exists. */
  readonly deterministicArn: string;

  private readonly lambdaConfigurations: s3.CfnBucket.LambdaConfigurationProperty[] = [];
  private readonly told: string[] = [];
  private eventBridge = false;
  private nameReference?: string;
  private arnReference?: string;
  private known?: Array<readonly [reference: string, known: unknown]>;

  /** Whether the name is deterministic. If not, the bucket cannot notify functions directly. */
  readonly hasDeterministicName: boolean;

  /** @param named - `false`: CloudFormation chooses the name, so that a replacement can be created while the old bucket exists */
  constructor(scope: Construct, id: string, props: s3.BucketProps, named = true) {
    const { eventBridgeEnabled, ...bucketProps } = props;
    const { name, ...naming } = named ? namesOf(scope, id, props) : { name: props.bucketName };
    super(scope, id, { ...bucketProps, ...naming });
    Object.defineProperty(this, BRAND, { value: true });
    this.hasDeterministicName = name !== undefined;
    this.deterministicName = name ?? this.bucketName;
    this.deterministicArn =
      name === undefined
        ? this.bucketArn
        : Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource: name });
    this.eventBridge = eventBridgeEnabled ?? false;
    this.cfnBucket.notificationConfiguration = Lazy.any({
      produce: () => this.renderNotifications(),
    });
    if (this.hasDeterministicName) {
      const known = AppBucket.byRoot.get(this.node.root) ?? [];
      AppBucket.byRoot.set(this.node.root, [...known, this]);
    }
  }

  // The CDK creates a new token at each access; a stable one can be recognised inside other text.
  override get bucketName(): string {
    this.nameReference ??= super.bucketName;
    return this.nameReference;
  }

  override get bucketArn(): string {
    this.arnReference ??= super.bucketArn;
    return this.arnReference;
  }

  /** The notifications of the bucket. */
  get tells(): readonly BucketNotification[] {
    return this.lambdaConfigurations.map((config, i) => ({
      ...config,
      target: this.told[i] ?? '',
    }));
  }

  /** Whether the bucket depends on functions. */
  get notifiesFunctions(): boolean {
    return this.lambdaConfigurations.length > 0;
  }

  /** Notifies a function; its `permission` must exist before the bucket. */
  notifyFunction(config: s3.CfnBucket.LambdaConfigurationProperty, permission: IConstruct): void {
    this.lambdaConfigurations.push(config);
    this.told.push(permission.node.scope?.node.path ?? '');
    this.cfnBucket.node.addDependency(permission);
  }

  override enableEventBridgeNotification(): void {
    this.eventBridge = true;
  }

  override addEventNotification(): void {
    throw new Error(
      `${this.node.path}: \`addEventNotification\` would add a helper Lambda function that overwrites the notifications ` +
        'of this bucket: use `onObjectCreated` or `Trigger.objectCreated` for a function, `enableEventBridgeNotification()` ' +
        'for anything else, or create the bucket yourself with `new s3.Bucket`',
    );
  }

  private get cfnBucket(): s3.CfnBucket {
    return this.node.defaultChild as s3.CfnBucket;
  }

  private renderNotifications(): s3.CfnBucket.NotificationConfigurationProperty | undefined {
    const { lambdaConfigurations, eventBridge } = this;
    if (lambdaConfigurations.length === 0 && !eventBridge) {
      return undefined;
    }
    return {
      lambdaConfigurations: lambdaConfigurations.length > 0 ? lambdaConfigurations : undefined,
      eventBridgeConfiguration: eventBridge ? { eventBridgeEnabled: true } : undefined,
    };
  }

  /** The template's reference to the bucket, as JSON, with its deterministic value. */
  private deterministicValues(): Array<readonly [reference: string, known: unknown]> {
    this.known ??= this.computeDeterministicValues();
    return this.known;
  }

  private references(): Array<readonly [reference: string, known: string]> {
    const { ref, attrArn, attrDomainName, attrDualStackDomainName, attrRegionalDomainName } =
      this.cfnBucket;
    const { region, urlSuffix } = Stack.of(this);
    const name = this.deterministicName;
    return [
      [ref, name],
      [attrArn, this.deterministicArn],
      [attrDomainName, `${name}.s3.${urlSuffix}`],
      [attrDualStackDomainName, `${name}.s3.dualstack.${region}.${urlSuffix}`],
      [attrRegionalDomainName, `${name}.s3.${region}.${urlSuffix}`],
    ];
  }

  private computeDeterministicValues(): Array<readonly [reference: string, known: unknown]> {
    const stack = Stack.of(this);
    const {
      bucketName,
      bucketArn,
      bucketDomainName,
      bucketDualStackDomainName,
      bucketRegionalDomainName,
    } = this;
    return [
      bucketName,
      bucketArn,
      bucketDomainName,
      bucketDualStackDomainName,
      bucketRegionalDomainName,
    ].map((reference) => [
      JSON.stringify(stack.resolve(reference)),
      stack.resolve(this.replaceReferences(reference)) as unknown,
    ]);
  }

  private replaceReferences(text: string): string {
    const { region, urlSuffix } = Stack.of(this);
    return text
      .replaceAll(this.bucketArn, this.deterministicArn)
      .replaceAll(this.bucketName, this.deterministicName)
      .replaceAll(this.bucketDomainName, `${this.deterministicName}.s3.${urlSuffix}`)
      .replaceAll(
        this.bucketDualStackDomainName,
        `${this.deterministicName}.s3.dualstack.${region}.${urlSuffix}`,
      )
      .replaceAll(
        this.bucketRegionalDomainName,
        `${this.deterministicName}.s3.${region}.${urlSuffix}`,
      );
  }
}

interface BucketNames {
  /** The name of the bucket. */
  readonly name: string;
  readonly bucketName?: string;
  readonly bucketNamePrefix?: string;
}

/**
 * The name property of a bucket. In the account-regional namespace, AWS derives the name from a prefix
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html).
 */
function namesOf(scope: Construct, id: string, props: s3.BucketProps): BucketNames {
  const owner = Stack.of(scope);
  const known = (maxLength: number): string =>
    deterministicName(scope, id, { owner, maxLength, lowerCase: true });
  if (!isAccountRegional(scope, id, props) || props.bucketName !== undefined) {
    const name = props.bucketName ?? known(MAX_NAME_LENGTH);
    return { name, bucketName: name };
  }
  const prefix = props.bucketNamePrefix ?? known(MAX_NAME_LENGTH - REGIONAL_SUFFIX_LENGTH);
  return { name: `${prefix}-${owner.account}-${owner.region}-an`, bucketNamePrefix: prefix };
}

/** Older releases of aws-cdk-lib ignore the namespace. */
function isAccountRegional(
  scope: Construct,
  id: string,
  { bucketNamespace }: s3.BucketProps,
): boolean {
  if (bucketNamespace === undefined) {
    return false;
  }
  const namespaces: unknown = Reflect.get(s3, 'BucketNamespace');
  if (namespaces === undefined) {
    throw new Error(
      `${scope.node.path}: \`buckets.${id}.bucketNamespace\` needs a later release of aws-cdk-lib: run \`npm install aws-cdk-lib@latest\``,
    );
  }
  return bucketNamespace === s3.BucketNamespace.ACCOUNT_REGIONAL;
}

/** Whether the inner stack is the outer one or nested in it, so that both are deployed together. */
export function isAround(outer: Stack, inner: Stack): boolean {
  for (let stack: Stack | undefined = inner; stack !== undefined; stack = stack.nestedStackParent) {
    if (stack === outer) {
      return true;
    }
  }
  return false;
}

/** Copies a value and replaces each part that is a key of the map. */
function swap(value: unknown, known: ReadonlyMap<string, unknown>): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const replacement = known.get(JSON.stringify(value));
  if (replacement !== undefined) {
    return replacement;
  }
  return Array.isArray(value)
    ? value.map((item) => swap(item, known))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, swap(item, known)]));
}
