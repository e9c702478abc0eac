import { loopsOf, Step } from './flows';
import { Found, Guard } from './guard';

/**
 * A function that may write what runs it, be it through other functions. Found as cycles in the graph of what runs a function and
 * what it may write; prefixes, suffixes and filters that part the two are understood.
 */
export const eventLoop: Guard = {
  id: 'event-loop',
  severities: ['warning'],
  what:
    'A function that may write to the table or the prefix that runs it, also by way of other functions of the app. Grants of the ' +
    'CDK’s own methods (`bucket.grantPut(fn, "out/*")`) count like `writes`. Not a loop: keys that the trigger’s `prefix` and ' +
    '`suffix` leave out, and stream `filters` on values, or on `INSERT` or `REMOVE` alone.',
  why:
    'Each event makes the next one, until the concurrency or the budget is used up: hundreds of invocations a second, a thousand ' +
    'dollars before the first bill. Lambda stops loops through S3, SQS and SNS by itself, after about 16 rounds (in all regions since ' +
    'November 2026), and drops their events; not those through DynamoDB.',
  fix:
    'Write to another table or bucket; part the keys (`prefix: "in/"` and `bucket.grantPut(fn, "out/*")`); filter the stream ' +
    'by a value that the function’s own changes do not have.',
  accept:
    'The loop ends by itself; say in the reason what ends it. If it can take more than 16 rounds through S3, also give the function ' +
    '`recursiveLoop: RecursiveLoop.ALLOW`, or Lambda cuts it off.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  check: ({ flows }) => loopsOf(flows).map(describe),
};

function describe(loop: readonly Step[]): Found {
  const id = loop[0]?.writer.function ?? '';
  const steps = loop.map(
    ({ writer, written, runs }) =>
      `${writer.function} may write ${written}, which runs ${runs.function}`,
  );
  return {
    prop: `functions.${id}.access`,
    function: id,
    rule: 'must not write what runs the function, or it runs itself without end',
    got: steps.join('; '),
    remedy:
      'write to another table or to keys that the trigger’s `prefix` leaves out, filter the stream by a value that its own changes do ' +
      'not have, or, where the loop ends by itself, acknowledge this warning with the reason',
  };
}
