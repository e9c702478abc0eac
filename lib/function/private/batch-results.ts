import type { PackageFinding } from '../../bundling/package-finding';
import { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';
import { Notices } from '../../core/notices';
import { kindOf } from '../../kinds/trigger-kinds';

const ID = 'cdk-serverless-app:batch-result';

/**
 * Warns about a handler of a queue or a stream that returns something other than a batch response. With partial batch response,
 * Lambda reads the result: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function warnOfBatchResults(fn: IAppFunction, findings: readonly PackageFinding[]): void {
  if (!reportsBatchItems(fn)) {
    return;
  }
  for (const [result, text] of Object.entries(TEXTS)) {
    const places = findings.flatMap(({ returns, source = '' }) =>
      returns === result ? source : [],
    );
    if (places.length > 0) {
      Notices.of(fn).add({
        fn,
        level: 'warning',
        id: ID,
        message: `${fn.app.node.path}: \`functions.${fn.node.id}.entry\` ${text} at ${places.join(', ')}: ${REMEDY}`,
      });
    }
  }
}

const TEXTS = {
  text: 'should return nothing or a batch response, because Lambda reads the result of a batch and repeats the whole batch if it cannot, got a string',
  response:
    'should return nothing or a batch response, because Lambda treats an HTTP response as success, whatever its `statusCode`, and removes the batch, got an HTTP response',
  list: 'should return nothing or a batch response, because AWS does not say how Lambda reads a list as the result of a batch, got a list',
  value:
    'should return nothing or a batch response, because AWS does not say how Lambda reads another value as the result of a batch, got a number or a boolean',
};

const REMEDY =
  'return nothing, throw if the whole batch failed, or return `{ batchItemFailures: [{ itemIdentifier }] }`; `reportBatchItemFailures: false` on the trigger makes Lambda ignore the result';

function reportsBatchItems(fn: IAppFunction): boolean {
  const model = AppContext.of(fn.app).model.functions.find(({ path }) => path === fn.node.path);
  return model?.triggers.some((it) => kindOf(it).reportsBatchItems?.(it) === true) === true;
}
