import { NestedStack, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { shardOf } from '../model/shard-of';
import type { IAppFunction, IServerlessApp } from './contract';
import { deterministicName } from './deterministic-name';
import type { Sharding } from './sharding';

const MAX_FUNCTION_NAME_LENGTH = 64;
const MAX_DEPLOYMENT_GROUP_NAME_LENGTH = 100;

/** The shards of all apps of a stack. */
const shardsByStack = new WeakMap<Stack, NestedStack[]>();

/** The placement of an app's functions: in the nested stacks that `sharding` asks for, or in the app itself. */
export class Placement {
  /** The shards of all apps in this stack. */
  static shardsIn(stack: Stack): readonly NestedStack[] {
    return shardsByStack.get(stack) ?? [];
  }

  private readonly made = new Map<number, NestedStack>();

  constructor(
    private readonly app: IServerlessApp,
    private readonly sharding: Sharding | undefined,
  ) {}

  /** The maximum number of shards, or undefined without sharding. */
  get count(): number | undefined {
    return this.sharding?.count;
  }

  /** The shards with a function, in the order of their creation. */
  get stacks(): NestedStack[] {
    return [...this.made.values()];
  }

  /** The scope of a function: its shard, or the app. */
  scopeOf(id: string): Construct {
    if (this.sharding === undefined) {
      return this.app;
    }
    const number = shardOf(id, this.sharding.count);
    const shard = this.made.get(number) ?? this.make(number);
    this.made.set(number, shard);
    return shard;
  }

  /** The construct with this id in the app or in one of its shards. */
  tryFindChild(id: string): IConstruct | undefined {
    const scopes: IConstruct[] = [this.app, ...this.made.values()];
    return scopes.map((scope) => scope.node.tryFindChild(id)).find((child) => child !== undefined);
  }

  /**
   * The name of a function that the user did not name. With shards it is known before the function exists, so that shards
   * can refer to each other's functions. Without shards CloudFormation names the function.
   */
  functionName(fn: IAppFunction): string | undefined {
    return this.deterministicNameOf(fn.node.scope, fn.node.id, MAX_FUNCTION_NAME_LENGTH);
  }

  /** The name of a function's deployment group, for the same reason: the role of a rollout hook in another shard refers to it. */
  deploymentGroupName(fn: IAppFunction): string | undefined {
    return this.deterministicNameOf(fn, 'DeploymentGroup', MAX_DEPLOYMENT_GROUP_NAME_LENGTH);
  }

  private deterministicNameOf(
    scope: IConstruct | undefined,
    id: string,
    maxLength: number,
  ): string | undefined {
    return this.sharding === undefined
      ? undefined
      : deterministicName(scope as Construct, id, { owner: Stack.of(this.app), maxLength });
  }

  private make(number: number): NestedStack {
    const shard = new NestedStack(this.app, `Shard${number}`, {
      description: `Functions of ${this.app.node.path}`.slice(0, 1024),
    });
    const owner = Stack.of(this.app);
    shardsByStack.set(owner, [...Placement.shardsIn(owner), shard]);
    return shard;
  }
}
