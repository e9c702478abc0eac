import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../props/prop-check';
import { MAX_SHARDS } from '../model/shard-of';

/**
 * How the functions of an app are distributed if one stack cannot hold them: CloudFormation allows 500 resources in a stack
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
 *
 * API, tables, buckets, log group, failure queue and failure bucket stay in the app's own stack.
 */
export class Sharding {
  /**
   * Puts each function, with its role and its triggers, into one of `count` nested stacks (shards). The function's id alone
   * decides which one, so adding or removing a function moves no other. A shard is created with its first function.
   *
   * Changing `count` moves functions, and a function that moves is replaced: CloudFormation creates it in the new stack, then
   * removes it from the old one. From n to n + 1 shards, about one function in n + 1 moves, always to the new shard. The routes
   * stay in the app's stack, so they only change their target. A shard costs nothing: choose a number with room to grow.
   *
   * The path of a function in a shard is `<app>/Shard<number>/<id>`. It has an explicit name (`functionName`, or one derived from
   * its path and the id of the app's stack), so functions in two shards can refer to each other.
   *
   * @param count a whole number, 1 to 100; up to 300 resources in a shard leave room to grow, which is about 60 functions
   */
  public static nestedStacks(count: number): Sharding {
    const check = new PropCheck('Sharding.nestedStacks', '');
    if (Token.isUnresolved(count)) {
      throw check.error(
        'count',
        'must be known at synthesis, because it determines the stacks',
        unquoted('a token'),
        'give a plain number',
      );
    }
    check.integer('count', count, {
      min: 1,
      max: MAX_SHARDS,
      unit: 'stacks',
      remedy: 'use a value in that range, or leave out `sharding` for one stack',
    });
    return new Sharding(count);
  }

  private constructor(
    /** The maximum number of nested stacks; a shard without functions is not created. */
    public readonly count: number,
  ) {}
}
