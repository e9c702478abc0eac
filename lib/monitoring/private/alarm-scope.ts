import { Construct } from 'constructs';
import type { IServerlessApp } from '../../core/contract';

const ID = 'AppAlarms';

/** The scope of the alarms of the whole app, and of their topic. */
export function alarmScope(app: IServerlessApp): Construct {
  return app.node.tryFindChild(ID) ?? new Construct(app, ID);
}
