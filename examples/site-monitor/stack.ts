import { CfnOutput, Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

export interface SiteMonitorStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** Fetches the listed sites every five minutes, and shows on a page how they are. */
export class SiteMonitorStack extends Stack {
  constructor(scope: Construct, id: string, props: SiteMonitorStackProps = {}) {
    super(scope, id, props);

    const app = new ServerlessApp(this, 'Monitor', { stage: props.stage, root: __dirname });
    const sites = app.addTable('Sites', { partitionKey: 'url' });
    const checks = app.addTable('Checks', {
      partitionKey: 'url',
      sortKey: 'at',
      timeToLiveAttribute: 'expiresAt',
    });

    app
      .onSchedule(ScheduleExpression.rate(Duration.minutes(5)), 'src/check-sites.ts')
      .reads(sites)
      .writes(checks);
    app
      .onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'src/rate-uptime.ts')
      .reads(checks)
      .readsAndWrites(sites);
    app
      .onRequest('GET /', 'src/status-page.ts', { authorizer: new HttpNoneAuthorizer() }) // for all to see
      .reads(sites, checks);
    Validations.of(app.api).acknowledge({
      id: 'AwsSolutions-APIG4', // cdk-nag: a route without authorization
      reason: 'a status page is for all to see; it shows nothing but which sites answer',
    });
    app
      .onRequest('POST /sites', 'src/add-site.ts', { authorizer: new HttpIamAuthorizer() })
      .writes(sites);

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'SitesTable', { value: sites.tableName });
    new CfnOutput(this, 'ChecksTable', { value: checks.tableName });
  }
}
