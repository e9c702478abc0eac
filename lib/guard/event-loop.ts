import { loopsOf, Step } from './flows';
import { Found, Guard } from './guard';

/**
 * A function that may trigger itself, directly or through other functions. Found as cycles in the graph of what triggers each
 * function and what it may write, taking prefixes, suffixes and filters into account.
 */
export const eventLoop: Guard = {
  id: 'event-loop',
  severities: ['warning'],
  what: 'A function that may write to the table, bucket prefix, queue, topic or event bus that triggers it, directly, through other functions of the app (including functions that it calls, `calls`), through workflows, or through queues, topics, streams and buses that receive the messages of a topic, the events of a bus (by a rule) or those of a bucket’s objects (by a rule or a notification), in any stack of the CDK app. Grants made with the CDK’s own methods (`bucket.grantPut(fn, "out/*")`) count like `writes`. These are not loops: keys that the trigger’s `prefix` and `suffix` exclude, stream `filters` on values, or on `INSERT` or `REMOVE` only, filters of a queue or topic, and events whose detail type the pattern does not name (`Access.putEvents(bus, { detailTypes })`).',
  why: 'Each event causes the next until concurrency or budget runs out: hundreds of invocations a second, and a thousand dollars before the first bill. Lambda stops loops through S3, SQS and SNS by itself after about 16 rounds (in all regions since November 2026) and drops their events, but it does not stop loops through DynamoDB and EventBridge.',
  fix: 'Write to another table, bucket, queue, topic or bus; name the `detailTypes` that the function puts; separate the keys (`prefix: "in/"` and `bucket.grantPut(fn, "out/*")`); or filter the stream by a value that the function’s own changes do not have.',
  accept:
    'The loop ends by itself. State in the reason what ends it. If it can take more than 16 rounds through S3, SQS or SNS, also give the function `recursiveLoop: RecursiveLoop.ALLOW`, or Lambda cuts it off.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  check: ({ flows }) => loopsOf(flows).map(describe),
};

function describe(loop: readonly Step[]): Found {
  const id = loop.find(({ writer }) => writer.isWorkflow !== true)?.writer.function ?? '';
  const steps = loop.map(({ writer, written, runs }) => {
    if (runs.runBy.some(({ path, called }) => called === true && path === written)) {
      return writer.isWorkflow === true
        ? `the workflow ${writer.function} runs ${runs.function}`
        : `${writer.function} may call ${runs.function}`;
    }
    return runs.isWorkflow === true
      ? `${writer.function} may start the workflow ${runs.function} (${written})`
      : `${writer.function} may write ${written}, which triggers ${runs.function}`;
  });
  return {
    prop: `functions.${id}.access`,
    function: id,
    rule: 'must not write what triggers the function, which would make it trigger itself endlessly',
    got: steps.join('; '),
    remedy:
      'write to another table, bucket, queue, topic or bus, or to keys that the trigger’s `prefix` excludes; filter the stream by a value ' +
      'that its own changes do not have; name the `detailTypes` that it puts on a bus; or, if the loop ends by itself, acknowledge this warning with the reason',
  };
}
