import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AppContext } from '../core/app-context';
import { perApp } from '../core/per-app';
import { Alarms, AlarmProps } from './alarms';
import { Budget } from './budget';
import { BudgetResource } from './budget-resource';
import { makeDashboard } from './dashboard';
import { addFailedShare } from './failed-share';
import { reportBlindness } from './private/report-blindness';
import { addRunRate } from './run-rate-alarm';
import { addThrottles } from './throttles';
import type { IServerlessApp } from '../core/contract';

/** The app's props that configure its monitoring. */
export interface MonitoringProps extends AlarmProps {
  readonly budget?: Budget;
  readonly dashboard?: boolean;
}

/** The monitoring of a whole app: alarms, budget and dashboard. The parts of the app add their own alarms. */
export class Monitoring {
  static readonly of = perApp((context) => new Monitoring(context));

  /** The budget, if the app has one. */
  readonly budget?: BudgetResource;

  /** The dashboard, if the app has one. */
  readonly dashboard?: cloudwatch.Dashboard;

  private readonly app: IServerlessApp;

  private constructor({ app, props }: AppContext) {
    this.app = app;
    const { budget, alarms = {}, dashboard }: MonitoringProps = props;
    addFailedShare(app);
    addThrottles(app);
    this.budget = budget && new BudgetResource(app, budget);
    addRunRate(app, budget, alarms['RunRate']);
    this.dashboard = (dashboard ?? Alarms.of(app).areOn) ? makeDashboard(app) : undefined;
  }

  /** The errors that are known only once all parts are declared. */
  validate(): string[] {
    return [...Alarms.of(this.app).validate(), ...reportBlindness(this.app)];
  }
}
