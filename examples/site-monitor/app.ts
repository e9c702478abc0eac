import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { SiteMonitorStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new SiteMonitorStack(app, 'SiteMonitor', { stage: development ? AppStage.DEVELOPMENT : undefined });
