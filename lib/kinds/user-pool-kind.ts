import { TriggerModel } from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { resolvedText } from '../model/resolved';
import { partOf, SAMPLE_REGION } from './event-values';
import { TriggerKind } from './trigger-kind';

/**
 * The prefix of the `triggerSource` of an operation's events, and the rest of an example:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
const SOURCES: Readonly<Record<string, readonly [prefix: string, example: string]>> = {
  createAuthChallenge: ['CreateAuthChallenge_', 'Authentication'],
  customEmailSender: ['CustomEmailSender_', 'SignUp'],
  customMessage: ['CustomMessage_', 'SignUp'],
  customSmsSender: ['CustomSMSSender_', 'SignUp'],
  defineAuthChallenge: ['DefineAuthChallenge_', 'Authentication'],
  postAuthentication: ['PostAuthentication_', 'Authentication'],
  postConfirmation: ['PostConfirmation_', 'ConfirmSignUp'],
  preAuthentication: ['PreAuthentication_', 'Authentication'],
  preSignUp: ['PreSignUp_', 'SignUp'],
  preTokenGeneration: ['TokenGeneration_', 'Authentication'],
  preTokenGenerationConfig: ['TokenGeneration_', 'Authentication'],
  userMigration: ['UserMigration_', 'Authentication'],
  verifyAuthChallengeResponse: ['VerifyAuthChallengeResponse_', 'Authentication'],
};

/** The operations whose response Cognito does not wait for. */
const SENDERS = ['customEmailSender', 'customSmsSender'];

const SENDER_SOURCE = /^Custom(Email|SMS)Sender_/;

/** The parts that both kinds share. The source is the pool's construct path; `details` are `operation` and `monthlyEvents`. */
const COMMON = {
  describe: ({ source, details }: TriggerModel): string =>
    `${formatValue(details['operation'])} of ${lastPart(source)}`,
  drawing: { icon: 'other' },
  monthlyEvents: { low: 1_000, moderate: 10_000, high: 100_000 },
  durationMs: 100,
  /** Cognito bills by active users, not by events. */
  billsSourceApart: true,
  sampleEvent: ({ details }: TriggerModel): object => userEvent(String(details['operation'])),
  fits: (event: unknown, { details }: TriggerModel): boolean => {
    const [prefix] = SOURCES[String(details['operation'])] ?? [];
    return prefix !== undefined && triggerSourceOf(event)?.startsWith(prefix) === true;
  },
} satisfies Partial<TriggerKind>;

/** An operation of a Cognito user pool, which waits for the function's response. */
export const USER_POOL_KIND: TriggerKind = {
  ...COMMON,
  kind: 'userPoolOperation',
  invocation: 'synchronous',
  failsTo: () => ({ to: 'caller' }),
  caller: {
    name: 'a Cognito user pool',
    waitsSeconds: 5,
    documentation:
      'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html',
    isOpen: () => false,
    isOpenByDefault: () => false,
  },
  recognizes: (event) => {
    const triggerSource = triggerSourceOf(event);
    return triggerSource !== undefined && !SENDER_SOURCE.test(triggerSource);
  },
};

/** A message that a Cognito user pool lets the function send. Lambda queues it and retries it. */
export const USER_POOL_SENDER_KIND: TriggerKind = {
  ...COMMON,
  kind: 'userPoolSender',
  invocation: 'asynchronous',
  failsTo: () => ({ to: 'failureQueue' }),
  recognizes: (event) => SENDER_SOURCE.test(triggerSourceOf(event) ?? ''),
};

/** The kind of an operation, by its CloudFormation name. */
export function userPoolKindOf(operation: string): TriggerKind {
  return SENDERS.includes(operation) ? USER_POOL_SENDER_KIND : USER_POOL_KIND;
}

function triggerSourceOf(event: unknown): string | undefined {
  return partOf(event, 'userPoolId') === undefined
    ? undefined
    : resolvedText(partOf(event, 'triggerSource'));
}

function userEvent(operation: string): object {
  return {
    version: '1',
    region: SAMPLE_REGION,
    userPoolId: `${SAMPLE_REGION}_Sample`,
    userName: 'sample',
    callerContext: { awsSdkVersion: 'sample', clientId: 'sample' },
    triggerSource: (SOURCES[operation] ?? []).join(''),
    request: { userAttributes: { email: 'sample@example.com' } },
    response: {},
  };
}
