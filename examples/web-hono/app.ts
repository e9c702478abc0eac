import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { WebHonoStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new WebHonoStack(app, 'WebHono', { stage: development ? AppStage.DEVELOPMENT : undefined });
