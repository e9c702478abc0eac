import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import { describeTrigger } from '../../lib/kinds/trigger-kinds';
import type { FailureKind, ParsedFailure } from './failure';
import { functionOf } from './function-arn';
import { fittingTriggers } from './trigger-of';

type Origin = Pick<ParsedFailure, 'function' | 'functionArn' | 'trigger' | 'obstacle' | 'foreign'>;

/** Decides whose failure it is. `senderId` is absent for records, which only Lambda’s role may write. */
export function originOf(
  arn: string | undefined,
  kind: FailureKind,
  event: string,
  model: AppModel,
  senderId?: string,
): Origin {
  if (arn === undefined) {
    return { foreign: true, obstacle: 'it does not say which function it was for' };
  }
  const fn = functionOf(arn, model);
  if (fn === undefined) {
    return {
      functionArn: arn,
      foreign: true,
      obstacle: 'its function does not belong to this app',
    };
  }
  const forged = forgery(fn, kind, model, senderId);
  if (forged !== undefined) {
    return { functionArn: arn, foreign: true, obstacle: forged };
  }
  const triggers = fittingTriggers(fn, kind, event, model);
  if (triggers.length === 0 && !(kind === 'asynchronous' && mayBeCalled(fn, model))) {
    return {
      functionArn: arn,
      foreign: true,
      obstacle: `no trigger of ${fn.id} delivers such an event`,
    };
  }
  const [only] = triggers;
  return {
    function: fn.id,
    functionArn: arn,
    trigger: only === undefined || triggers.length > 1 ? undefined : describeTrigger(only),
  };
}

/**
 * The session of a function’s code has the function’s name. Lambda sends a failed asynchronous event with the role of the failed
 * function; EventBridge and EventBridge Scheduler send with their own identities.
 */
function forgery(
  fn: FunctionModel,
  kind: FailureKind,
  { functions }: AppModel,
  senderId: string | undefined,
): string | undefined {
  const session = senderId?.split(':')[1];
  const sender = functions.find(({ name }) => name === session);
  return sender === undefined || (kind === 'asynchronous' && sender === fn)
    ? undefined
    : `the function ${sender.id} sent it, not AWS`;
}

/** Code that invokes a function chooses the event: that of another function of the app, or outside if nothing in the app runs it. */
function mayBeCalled({ path, triggers }: FunctionModel, { functions }: AppModel): boolean {
  return (
    triggers.length === 0 ||
    functions.some(({ access }) =>
      access.some((one) => one.level === 'invoke' && one.path === path),
    )
  );
}
