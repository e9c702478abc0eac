import { GuardText } from './guard';

/**
 * Warnings that are told where a part is made, since only there it is known. They stand here so that `app.guards`, `app.acknowledge` and
 * the documentation know them; a test sees to it that none is missing.
 */
export const DECLARED_WARNINGS: readonly GuardText[] = [
  {
    id: 'failure-queue-policy',
    severities: ['warning'],
    what: 'An imported `failureQueue` to which EventBridge must send, whose policy cannot be changed here.',
    why: 'Without `sqs:SendMessage` for events.amazonaws.com it hears neither of records in the failure bucket nor of events that EventBridge could not hand to a function.',
    fix: 'Allow it in the queue’s policy, where the queue is made.',
    accept: 'The queue’s policy allows it.',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  },
  {
    id: 'imported-bucket',
    severities: ['warning'],
    what: 'An imported bucket that runs a function: its events come through EventBridge, which must be switched on for that bucket.',
    why: 'An imported bucket cannot be asked whether it sends its events, and the handler gets EventBridge’s form of them.',
    fix: 'Switch EventBridge on for the bucket, where it is made.',
    accept: 'The bucket sends its events to EventBridge.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  },
];
