import { Construct } from 'constructs';
import type { AppScope } from '../../core/scopes';

const ID = 'AppAlarms';

/** The scope of the alarms of the whole app, and of their topic. */
export function alarmScope(app: AppScope): Construct {
  return (app.node.tryFindChild(ID) as Construct | undefined) ?? new Construct(app, ID);
}
