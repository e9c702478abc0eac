import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AppBudget } from './app-budget';
import type { ServerlessApp } from '../../app/serverless-app';
import type { ServerlessAppProps } from '../../app/serverless-app-props';
import { AppAlarms } from '../app-alarms';
import { makeDashboard } from '../app-dashboard';
import { AppNotifications } from '../app-notifications';
import { addFailedShare } from '../failed-share';
import { addRunRate } from '../run-rate-alarm';
import { addThrottles } from '../throttles';
import { AppLogMetrics } from './app-log-metrics';
import { AppRunRate } from './app-run-rate';
import { reportBlindness } from './report-blindness';

/** What watches an app: what is measured, what raises an alarm, who is told, what it may cost, and where one sees it. */
export class AppMonitoring {
  readonly logMetrics: AppLogMetrics;
  readonly runRate: AppRunRate;
  readonly notifications: AppNotifications;
  readonly alarms: AppAlarms;

  private ownBudget?: AppBudget;
  private ownDashboard?: cloudwatch.Dashboard;

  /** Makes nothing yet: what is watched, and by what, is added to it. */
  constructor(
    private readonly app: ServerlessApp,
    private readonly props: ServerlessAppProps,
  ) {
    const { notify: mails, notifyTopic: topic, alarms = {}, alarmsEnabled } = props;
    this.logMetrics = new AppLogMetrics(app);
    this.runRate = new AppRunRate(app);
    this.notifications = new AppNotifications(app, { mails, topic });
    this.alarms = new AppAlarms(app, this.notifications, alarms, alarmsEnabled);
  }

  /** The budget, if there is one. */
  get budget(): AppBudget | undefined {
    return this.ownBudget;
  }

  /** The dashboard, if there is one. */
  get dashboard(): cloudwatch.Dashboard | undefined {
    return this.ownDashboard;
  }

  /** Watches the app as a whole. Its parts are added by whoever makes them. */
  watchApp(): void {
    const { app } = this;
    const { budget, alarms = {}, dashboard } = this.props;
    addFailedShare(app);
    addThrottles(app);
    this.ownBudget = budget && new AppBudget(app, budget);
    addRunRate(app, budget, alarms.RunRate);
    this.ownDashboard = (dashboard ?? this.alarms.areOn) ? makeDashboard(app) : undefined;
  }

  /** What is wrong with it, once all is declared. */
  validate(): string[] {
    return [...this.alarms.validate(), ...reportBlindness(this.app)];
  }
}
