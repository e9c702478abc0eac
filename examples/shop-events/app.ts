import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { ShopEventsStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new ShopEventsStack(app, 'ShopEvents', { stage: development ? AppStage.DEVELOPMENT : undefined });
