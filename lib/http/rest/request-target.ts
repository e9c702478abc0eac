import type * as events from 'aws-cdk-lib/aws-events';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { checkProp, checkProps } from '../../props/check-props';
import { fullText, instance } from '../../props/kinds';
import { PropCheck } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { queueTarget } from './queue-target';
import type { RequestMessageOptions } from './request-message';
import { registerTarget, TargetConfig } from './request-targets';
import { ACCEPTED, allow, answers, JSON_TYPE, serviceCall } from './service-call';

/** The source and type of an event on an event bus. */
export interface RequestEventOptions {
  /** Where the event comes from, for example `shop.partners`. */
  readonly source: string;

  /** The type of the event, for example `OrderPlaced`. */
  readonly detailType: string;
}

/** @internal */
export const REQUEST_EVENT_PROPS = propsOf<RequestEventOptions>()({
  source: fullText().required(),
  detailType: fullText().required(),
});

/** The body as a JSON string inside JSON text. `escapeJavaScript` also escapes apostrophes, which JSON does not allow. */
const BODY = `$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'","'")`;

/** The service to which a REST API passes a request directly, without a function in between. */
export class RequestTarget {
  /**
   * A queue: the body of the request becomes a message.
   *
   * @param queue a queue, for example one made by `addQueue`
   * @param options the group of the messages, which a FIFO queue needs
   */
  static queue(queue: sqs.IQueue, options: RequestMessageOptions = {}): RequestTarget {
    return new RequestTarget(queueTarget(queue, options));
  }

  /** An event bus: the body of the request, which must be JSON, becomes the detail of an event. */
  static eventBus(bus: events.IEventBus, options: RequestEventOptions): RequestTarget {
    const check = new PropCheck('RequestTarget.eventBus', '');
    const aBus = instance('an event bus', 'write `new EventBus(…)`', 'eventBusArn');
    checkProp(bus, 'bus', aBus.required(), check);
    checkProps(options, REQUEST_EVENT_PROPS, check, 'options');
    const { source, detailType } = options;
    const entry = `{"Source":${JSON.stringify(source)},"DetailType":${JSON.stringify(detailType)},"Detail":"${BODY}","EventBusName":"${bus.eventBusName}"}`;
    return new RequestTarget({
      kind: 'eventBus',
      resource: bus,
      statements: [allow(['events:PutEvents'], bus.eventBusArn)],
      integration: (role) => ({
        ...serviceCall('events:action/PutEvents', role, {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': 'AWSEvents.PutEvents',
        }),
        requestTemplates: { [JSON_TYPE]: `{"Entries":[${entry}]}` },
        // The service answers 200 even to an event that it did not accept.
        responses: answers(
          `#if($input.path('$.FailedEntryCount') > 0)#set($context.responseOverride.status = 502)#end${ACCEPTED}`,
        ),
      }),
    });
  }

  /** A state machine: the body of the request, which must be JSON, becomes the input of an execution. */
  static stateMachine(machine: stepfunctions.IStateMachine): RequestTarget {
    const check = new PropCheck('RequestTarget.stateMachine', '');
    const aMachine = instance('a state machine', 'write `new StateMachine(…)`', 'stateMachineArn');
    checkProp(machine, 'machine', aMachine.required(), check);
    return new RequestTarget({
      kind: 'stateMachine',
      resource: machine,
      statements: [allow(['states:StartExecution'], machine.stateMachineArn)],
      integration: (role) => ({
        ...serviceCall('states:action/StartExecution', role, {
          'Content-Type': 'application/x-amz-json-1.0',
          'X-Amz-Target': 'AWSStepFunctions.StartExecution',
        }),
        requestTemplates: {
          [JSON_TYPE]: `{"input":"${BODY}","stateMachineArn":"${machine.stateMachineArn}"}`,
        },
        responses: answers(ACCEPTED),
      }),
    });
  }

  private constructor(config: TargetConfig & { readonly resource: IConstruct }) {
    registerTarget(this, config);
  }
}
