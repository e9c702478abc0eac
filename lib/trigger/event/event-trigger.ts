import * as events from 'aws-cdk-lib/aws-events';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { AppFunctionOptions } from '../../function/app-function-props';
import { EVENT_KIND } from '../../kinds/event-kind';
import { functionListener } from '../event-target';
import { EVENT_TRIGGER_PROPS, EventTriggerOptions } from './event-options';
import { addEventRule } from './event-rule';

/** Options of `onEvent`: those of the function and of the trigger. */
export interface EventFunctionOptions extends AppFunctionOptions, EventTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `send-mail.ts` gives `SendMail`
   */
  readonly id?: string;
}

/**
 * Events of an event bus; see `Trigger.events`.
 *
 * @internal
 */
export class EventTrigger implements ITrigger {
  constructor(
    private readonly pattern: events.EventPattern,
    private readonly options: EventTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const options = acceptOptions(fn, this.options, EVENT_TRIGGER_PROPS);
    return {
      kind: EVENT_KIND.kind,
      invocation: InvocationType.ASYNCHRONOUS,
      ...addEventRule(functionListener(fn), this.pattern, options),
    };
  }
}
