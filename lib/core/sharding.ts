import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../props/prop-check';
import { MAX_SHARDS } from '../model/shard-of';

/**
 * How the functions of an app are divided where one stack does not hold them: CloudFormation allows 500 resources a stack
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
 *
 * API, tables, buckets, log group, failure queue and failure bucket stay in the app's own stack.
 */
export class Sharding {
  /**
   * Puts each function, with its role and what runs it, into one of `count` nested stacks (shards). The function's id alone
   * says which one, so adding or removing a function moves no other. A shard is made when its first function is.
   *
   * Another `count` moves functions, and a function that moves is replaced: it is made in the new stack, then removed from
   * the old one. From n to n + 1 that happens to about one function in n + 1, all of them to the new shard. API Gateway refuses
   * a route that another stack still has, so functions with routes that move are left out of one deployment, and come back
   * with the next. A shard costs nothing: choose the number with room to grow.
   *
   * The path of a function that is sharded is `<app>/Shard<number>/<id>`. It has a name of its own (`functionName`, or one
   * derived from its path and the id of the app's stack), so that functions of two shards may name each other.
   *
   * @param count whole number, 1 to 100; up to 300 resources a shard leave room to grow, which is about 60 functions
   */
  public static nestedStacks(count: number): Sharding {
    const check = new PropCheck('Sharding.nestedStacks', '');
    if (Token.isUnresolved(count)) {
      throw check.error(
        'count',
        'must be known at synthesis, since it says which stacks there are',
        unquoted('a token'),
        'give a plain number',
      );
    }
    check.integer('count', count, {
      min: 1,
      max: MAX_SHARDS,
      unit: 'stacks',
      remedy: 'give a value inside that range, or leave `sharding` out for one stack',
    });
    return new Sharding(count);
  }

  private constructor(
    /** How many nested stacks there are at most; one that no function belongs to is not made. */
    public readonly count: number,
  ) {}
}
