import * as sqs from 'aws-cdk-lib/aws-sqs';
import { checkProp, checkProps } from '../../props/check-props';
import { instance } from '../../props/kinds';
import { PropCheck, unquoted } from '../../props/prop-check';
import { REQUEST_MESSAGE_PROPS, RequestMessageOptions } from './request-message';
import { RequestPart } from './request-part';
import { assignment, describePart } from './request-place';
import type { TargetConfig } from './request-targets';
import { ACCEPTED, allow, answers, JSON_TYPE, serviceCall } from './service-call';

/** SQS’s response to a message without a group, or with one that it does not accept. */
const INVALID = '400';

/** A queue as the target of requests. */
export function queueTarget(queue: sqs.IQueue, options: RequestMessageOptions): TargetConfig {
  const check = new PropCheck('RequestTarget.queue', '');
  const aQueue = instance('a queue', 'write `app.addQueue(…)`', 'queueArn');
  checkProp(queue, 'queue', aQueue.required(), check);
  checkProps(options, REQUEST_MESSAGE_PROPS, check, 'options');
  const { messageGroup: group, deduplication } = options;
  checkGroup(queue, options, check);
  const key = queue.encryptionMasterKey;
  const { account, region } = queue.env;
  const parts = [group, deduplication].filter((part) => part !== undefined);
  return {
    kind: 'queue',
    resource: queue,
    fifo: queue.fifo,
    messageGroup: group && describePart(group),
    parts,
    statements: [
      allow(['sqs:SendMessage'], queue.queueArn),
      ...(key === undefined ? [] : [allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn)]),
    ],
    integration: (role) => ({
      ...serviceCall(
        `sqs:path/${account}/${queue.queueName}`,
        role,
        { 'Content-Type': 'application/x-www-form-urlencoded' },
        region,
      ),
      requestTemplates: { [JSON_TYPE]: messageTemplate(queue, group, deduplication) },
      responses: answers(ACCEPTED, parts.length === 0 ? undefined : INVALID),
    }),
  };
}

function checkGroup(
  { fifo, node }: sqs.IQueue,
  { messageGroup, deduplication }: RequestMessageOptions,
  check: PropCheck,
): void {
  if (fifo && messageGroup === undefined) {
    throw check.error(
      'options.messageGroup',
      'must say which group a message belongs to, because the queue is a FIFO queue',
      unquoted(node.path),
      "write, for example, `{ messageGroup: RequestPart.path('id') }`, or `RequestPart.constant('all')` to keep all messages in order",
    );
  }
  if (deduplication?.place === 'constant') {
    throw check.error(
      'options.deduplication',
      'must differ between requests, because a FIFO queue delivers only one message with the same value within five minutes',
      unquoted('a constant'),
      'take a part of the request, or leave it out',
    );
  }
  if (!fifo && deduplication !== undefined) {
    throw check.error(
      'options.deduplication',
      'must be left out, because only a FIFO queue recognizes a repeated message',
      unquoted(node.path),
      'leave it out, or give the queue `fifo: true`',
    );
  }
}

/** The form of SQS's `SendMessage`. */
function messageTemplate(
  queue: sqs.IQueue,
  group: RequestPart | undefined,
  deduplication: RequestPart | undefined,
): string {
  const ownId = queue.fifo && deduplication === undefined && !isByContent(queue);
  return [
    group === undefined ? '' : assignment('group', group),
    deduplication === undefined ? '' : assignment('deduplication', deduplication),
    'Action=SendMessage&MessageBody=$util.urlEncode($input.body)',
    group === undefined ? '' : '&MessageGroupId=$util.urlEncode($group)',
    deduplication === undefined ? '' : '&MessageDeduplicationId=$util.urlEncode($deduplication)',
    ownId ? '&MessageDeduplicationId=$context.requestId' : '',
  ].join('');
}

/** Whether the queue compares the bodies. Unknown for an imported queue, which then gets an id with each message. */
function isByContent({ node }: sqs.IQueue): boolean {
  const { defaultChild } = node;
  return defaultChild instanceof sqs.CfnQueue && defaultChild.contentBasedDeduplication === true;
}
