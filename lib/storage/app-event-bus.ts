import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { deterministicName } from '../core/deterministic-name';
import { requireFreeId } from '../core/free-ids';
import { claimName } from '../core/physical-names';
import { checkProps } from '../props/check-props';
import { withoutUndefined } from '../props/options';
import type { AppEventBusProps } from './app-event-bus-props';
import { EVENT_BUS_PROPS } from './event-bus-prop-set';

const DEFAULT_BUS = 'DefaultEventBus';
const MAX_NAME_LENGTH = 256;

/** An event bus of the app, with an archive of all its events if requested. */
export function addEventBus(
  app: IServerlessApp,
  id: string,
  props: AppEventBusProps,
): events.EventBus {
  const context = AppContext.of(app);
  requireFreeId(context, id, 'eventBuses', 'give it another id');
  const check = context.check.at(`eventBuses.${id}`);
  checkProps(props, EVENT_BUS_PROPS, check);
  context.changes.record(props, EVENT_BUS_PROPS, `eventBuses.${id}`);
  claimName(app, 'eventBusName', props.eventBusName, check);
  const { archiveRetention, ...options } = props;
  return check.withPropPath('', () => {
    const bus = new events.EventBus(app, id, {
      ...withoutUndefined(options),
      ...nameOf(app, id, options),
    });
    if (archiveRetention !== undefined) {
      bus.archive('Archive', {
        description: `All events of ${bus.node.path}`.slice(0, 512),
        // Every event has this version.
        eventPattern: { version: ['0'] },
        retention: archiveRetention,
      });
    }
    return bus;
  });
}

/** CloudFormation requires a name. The CDK's follows from the construct path alone, so two stacks of one app in an account would share it. */
function nameOf(
  app: IServerlessApp,
  id: string,
  { eventBusName, eventSourceName }: events.EventBusProps,
): events.EventBusProps {
  return eventBusName === undefined && eventSourceName === undefined
    ? {
        eventBusName: deterministicName(app, id, {
          owner: Stack.of(app),
          maxLength: MAX_NAME_LENGTH,
        }),
      }
    : {};
}

/** The construct path of `defaultEventBus`, whether or not it exists. */
export function defaultEventBusPath(app: IServerlessApp): string {
  return `${app.node.path}/${DEFAULT_BUS}`;
}

/** The account's default event bus in the app's region. AWS created it, so it is not a resource of the stack. */
export function defaultEventBus(app: IServerlessApp): events.IEventBus {
  const existing = app.node.tryFindChild(DEFAULT_BUS);
  return (
    (existing as events.IEventBus | undefined) ??
    events.EventBus.fromEventBusName(app, DEFAULT_BUS, 'default')
  );
}
